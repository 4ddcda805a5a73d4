package io.github.linfhash.codes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Codes of D whole numbers of B bits each, as B planes of D bits: bit p of number j is bit {@code j % 64} of word {@code j / 64} of
 * plane p. The words of 64 numbers lie one after the other, plane by plane. Immutable, but for the {@linkplain #room room} of a query, which other
 * classes of this package never hand out.
 *
 * <p>So a sum of products of two vectors of small whole numbers is made of AND and bit counts, and a sum of products with float32
 * values of one table look-up for eight numbers and plane.
 */
public final class BitPlanes {
    private final int size;
    private final int numbers;
    private final int planes;
    private final int words;
    private final long[] packed;
    private final int[] sums;
    /** By block, by word of 32 numbers and plane, and then by code; made when they are needed first. */
    private volatile int @Nullable [][][] columns;

    private BitPlanes(int size, int numbers, int planes, long[] packed) {
        this.size = size;
        this.numbers = numbers;
        this.planes = planes;
        this.words = (numbers + 63) >> 6;
        this.packed = packed;
        this.sums = new int[size];
        add(size);
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int p = 0; p < planes; p++) {
                for (int w = 0; w < words; w++) {
                    sum += Long.bitCount(word(i, p, w)) << p;
                }
            }
            sums[i] = sum;
        }
    }

    /**
     * Packs numbers.
     *
     * @param size n
     * @param numbers D
     * @param planes B, within 1..8
     * @param values n * D numbers below 2^B, unsigned, row-major
     * @throws IllegalArgumentException if there are more or fewer values, or one does not fit into the planes
     */
    public static BitPlanes of(int size, int numbers, int planes, byte[] values) {
        if (planes < 1 || planes > 8 || (long) size * numbers != values.length) {
            throw new IllegalArgumentException(values.length + " values are no " + size + " codes of " + numbers
                    + " numbers of " + planes + " bits");
        }
        int words = (numbers + 63) >> 6;
        long[] packed = new long[Math.multiplyExact(size, planes * words)];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < numbers; j++) {
                int value = values[i * numbers + j] & 0xff;
                if (value >> planes != 0) {
                    throw new IllegalArgumentException(value + " does not fit into " + planes + " bits");
                }
                for (int p = 0; p < planes; p++) {
                    packed[(i * words + (j >> 6)) * planes + p] |= (value >> p & 1L) << j;
                }
            }
        }
        return new BitPlanes(size, numbers, planes, packed);
    }

    /**
     * Returns bits that are 1 where a value is greater than 0, from n * D values.
     *
     * @throws IllegalArgumentException if there are more or fewer values
     */
    public static BitPlanes ofSigns(int size, int numbers, float[] values) {
        byte[] bits = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = (byte) (values[i] > 0 ? 1 : 0);
        }
        return of(size, numbers, 1, bits);
    }

    /** Room for n codes that are {@linkplain #read read} again and again; it must not leave this package. */
    static BitPlanes room(int size, int numbers, int planes) {
        return new BitPlanes(size, numbers, planes, new long[size * ((numbers + 63) >> 6) * planes]);
    }

    /**
     * Replaces the first codes by others from bytes in the order of {@link #copyTo}; bits beyond those of D numbers are ignored.
     *
     * @param from where the first code is
     * @param stride from one code to the next
     * @param spread as {@link #spread} gives it
     */
    void read(byte[] bytes, int from, int stride, int count, long[] spread) {
        int width = (numbers * planes + 7) / 8;
        long last = (numbers & 63) == 0 ? -1 : (1L << numbers) - 1;
        for (int i = 0; i < count; i++) {
            int at = from + i * stride;
            int base = i * words * planes;
            for (int w = 0; w < words; w++) {
                unpack(bytes, at + w * 8 * planes, at + width, spread, base + w * planes);
            }
            for (int p = 0; p < planes; p++) {
                packed[base + (words - 1) * planes + p] &= last;
            }
        }
        add(count);
    }

    /** Sets the words of all planes of 64 numbers. */
    private void unpack(byte[] bytes, int start, int end, long[] spread, int target) {
        for (int p = 0; p < planes; p++) {
            packed[target + p] = 0;
        }
        for (int eight = 0; eight < 8; eight++) {
            int at = start + eight * planes;
            long ofPlanes = 0;
            for (int k = 0; k < planes && at + k < end; k++) {
                ofPlanes |= spread[256 * k + (bytes[at + k] & 0xff)];
            }
            for (int p = 0; p < planes; p++) {
                packed[target + p] |= ((ofPlanes >>> (8 * p)) & 0xffL) << (8 * eight);
            }
        }
    }

    /**
     * The bits that each byte of eight packed numbers has in their planes: entry 256 k + v is for value v of byte k, with plane p in its
     * byte p.
     *
     * @param planes B, within 1..8
     */
    static long[] spread(int planes) {
        long[] spread = new long[256 * planes];
        for (int k = 0; k < planes; k++) {
            for (int value = 0; value < 256; value++) {
                for (int bit = 0; bit < 8; bit++) {
                    int b = 8 * k + bit;
                    spread[256 * k + value] |= (value >> bit & 1L) << (8 * (b % planes) + b / planes);
                }
            }
        }
        return spread;
    }

    /**
     * Writes a code as bytes: number j has the bits B j .. B j + B - 1, bit b is bit b % 8 of byte b / 8, and what is left over is 0.
     *
     * @param target takes ceil(D B / 8) bytes from {@code at} on
     * @throws IndexOutOfBoundsException if there is no such code, or no room
     */
    public void copyTo(int i, byte[] target, int at) {
        Arrays.fill(target, at, at + (numbers * planes + 7) / 8, (byte) 0);
        for (int j = 0; j < numbers; j++) {
            int number = number(i, j);
            for (int p = 0; p < planes; p++) {
                int b = j * planes + p;
                target[at + b / 8] |= (byte) ((number >> p & 1) << b % 8);
            }
        }
    }

    /** The number of codes, n. */
    public int size() {
        return size;
    }

    /** How many numbers a code has, D. */
    public int numbers() {
        return numbers;
    }

    /** The bits of a number, B. */
    public int planes() {
        return planes;
    }

    /** The words of all codes, of each 64 numbers plane by plane; not a copy. */
    long[] words() {
        return packed;
    }

    private long word(int i, int plane, int w) {
        return packed[(i * words + w) * planes + plane];
    }

    /** Number {@code j} of code {@code i}. */
    public int number(int i, int j) {
        int value = 0;
        for (int p = 0; p < planes; p++) {
            value |= (int) (word(i, p, j >> 6) >>> j & 1) << p;
        }
        return value;
    }

    /** The sum of the numbers of a code. */
    public int sum(int i) {
        return sums[i];
    }

    /** The sum of the products of the numbers of a code and those of another, of as many. */
    public int product(int i, BitPlanes other, int j) {
        if (other.planes == 4) {
            return planes == 1 ? productOfBits(i, other.packed, j) : productOfFour(i, other.packed, j);
        }
        int sum = 0;
        int at = i * words * planes;
        int right = j * words * other.planes;
        for (int w = 0; w < words; w++, right += other.planes) {
            for (int p = 0; p < planes; p++, at++) {
                int count = 0;
                for (int q = 0; q < other.planes; q++) {
                    count += Long.bitCount(packed[at] & other.packed[right + q]) << q;
                }
                sum += count << p;
            }
        }
        return sum;
    }

    /** With numbers of four bits, which most queries are rounded to: written out, as loops of four turns cost more than they do. */
    private int productOfFour(int i, long[] other, int j) {
        int sum = 0;
        int at = i * words * planes;
        int right = j * words * 4;
        for (int w = 0; w < words; w++, right += 4) {
            long first = other[right];
            long second = other[right + 1];
            long third = other[right + 2];
            long fourth = other[right + 3];
            for (int p = 0; p < planes; p++, at++) {
                long word = packed[at];
                sum += (Long.bitCount(word & first)
                                + (Long.bitCount(word & second) << 1)
                                + (Long.bitCount(word & third) << 2)
                                + (Long.bitCount(word & fourth) << 3))
                        << p;
            }
        }
        return sum;
    }

    private int productOfBits(int i, long[] other, int j) {
        int sum = 0;
        int at = i * words;
        int right = j * words * 4;
        for (int w = 0; w < words; w++, right += 4) {
            long word = packed[at + w];
            sum += Long.bitCount(word & other[right])
                    + (Long.bitCount(word & other[right + 1]) << 1)
                    + (Long.bitCount(word & other[right + 2]) << 2)
                    + (Long.bitCount(word & other[right + 3]) << 3);
        }
        return sum;
    }

    /** The number of bits in which a code differs from another, of as many planes. */
    public int hamming(int i, BitPlanes other, int j) {
        int distance = 0;
        int at = i * planes * words;
        int right = j * planes * words;
        for (int w = 0; w < planes * words; w++) {
            distance += Long.bitCount(packed[at + w] ^ other.packed[right + w]);
        }
        return distance;
    }

    /** The columns of a block of {@value Block#CODES} codes, for {@link WordColumns}; beyond the last code they are 0. */
    int[][] columns(int block) {
        int[][][] made = columns;
        return (made == null ? turned() : made)[block];
    }

    private synchronized int[][][] turned() {
        if (columns != null) {
            return columns;
        }
        int ofCode = WordColumns.words(numbers) * planes;
        int[][][] all = new int[(size + Block.CODES - 1) / Block.CODES][ofCode][Block.CODES];
        for (int i = 0; i < size; i++) {
            for (int w = 0; w < ofCode; w++) {
                int group = w / planes;
                all[i / Block.CODES][w][i % Block.CODES] =
                        (int) (word(i, w % planes, group / 2) >>> (32 * (group % 2)));
            }
        }
        columns = all;
        return all;
    }

    /** For each eight values of a vector, their sum under each of the 256 patterns of bits; whole words of 64 values, padded with 0. */
    static float[] table(float[] vector) {
        int groups = (vector.length + 63) / 64 * 8;
        float[] table = new float[groups * 256];
        for (int group = 0; group < groups; group++) {
            for (int pattern = 1; pattern < 256; pattern++) {
                int j = group * 8 + Integer.numberOfTrailingZeros(pattern);
                float value = j < vector.length ? vector[j] : 0;
                table[group * 256 + pattern] = table[group * 256 + (pattern & pattern - 1)] + value;
            }
        }
        return table;
    }

    /**
     * Returns products with one vector of D float32 values, by a table for each eight of them.
     *
     * @throws IndexOutOfBoundsException if the vector has fewer values
     */
    public Products products(float[] vector) {
        return new Products(vector);
    }

    /** The sums over the numbers of a code, each times the value of a fixed vector at its place. */
    public final class Products {
        private final float[] table;

        private Products(float[] vector) {
            table = table(vector);
        }

        /** The sum for a code. */
        public float of(int i) {
            float sum = 0;
            for (int p = 0; p < planes; p++) {
                float ofPlane = 0;
                int at = i * words * planes + p;
                int base = 0;
                for (int w = 0; w < words; w++, at += planes, base += 2048) {
                    long word = packed[at];
                    ofPlane += table[base + (int) (word & 255)]
                            + table[base + 256 + (int) (word >>> 8 & 255)]
                            + table[base + 512 + (int) (word >>> 16 & 255)]
                            + table[base + 768 + (int) (word >>> 24 & 255)]
                            + table[base + 1024 + (int) (word >>> 32 & 255)]
                            + table[base + 1280 + (int) (word >>> 40 & 255)]
                            + table[base + 1536 + (int) (word >>> 48 & 255)]
                            + table[base + 1792 + (int) (word >>> 56)];
                }
                sum += ofPlane * (1 << p);
            }
            return sum;
        }
    }
}
