package io.github.linfhash.codes;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An immutable list of n binary codes of N bits each, packed into longs.
 *
 * <p>Bit b of a code is bit {@code b % 64} of its word {@code b / 64}; unused high bits are zero. As bytes, bit b is bit
 * {@code b % 8} of byte {@code b / 8} (NumPy's {@code bitorder="little"}), {@code ceil(N / 8)} bytes a code.
 */
public final class BinaryCodes {
    /** Enough to be worth a task of its own. */
    private static final int ROWS_OF_CHUNK = 4096;

    private final int size;
    private final int bits;
    private final int words;
    private final long[] packed;

    private BinaryCodes(int size, int bits, long[] packed) {
        this.size = size;
        this.bits = bits;
        this.words = wordsFor(bits);
        this.packed = packed;
    }

    private static int wordsFor(int bits) {
        if (bits < 1) {
            throw new IllegalArgumentException("a code needs at least one bit, not " + bits);
        }
        return (bits + 63) >> 6;
    }

    /**
     * Binarizes real-valued outputs: bit = 1 if the value is greater than 0, so that an exact zero becomes 0.
     *
     * @param size n
     * @param bits N
     * @param values n * N values, row-major
     * @throws NonFiniteException if a value is NaN or infinite
     */
    public static BinaryCodes ofSigns(int size, int bits, float[] values) {
        if ((long) size * bits != values.length) {
            throw new IllegalArgumentException(
                    size + " codes of " + bits + " bits need " + (long) size * bits + " values, not " + values.length);
        }
        int words = wordsFor(bits);
        long[] packed = new long[size * words];
        int chunks = (size + ROWS_OF_CHUNK - 1) / ROWS_OF_CHUNK;
        boolean finite = IntStream.range(0, chunks).parallel().allMatch(chunk -> {
            int from = chunk * ROWS_OF_CHUNK;
            return pack(values, bits, from, Math.min(size, from + ROWS_OF_CHUNK), packed);
        });
        if (!finite) {
            throw notFinite(bits, values);
        }
        return new BinaryCodes(size, bits, packed);
    }

    /** Packs the signs of some rows; says whether all of their values are finite. */
    private static boolean pack(float[] values, int bits, int from, int to, long[] packed) {
        int words = wordsFor(bits);
        float zeros = 0; // NaN as soon as one value is not finite
        for (int i = from; i < to; i++) {
            for (int w = 0; w < words; w++) {
                int first = i * bits + (w << 6);
                int count = Math.min(64, bits - (w << 6));
                long word = 0;
                for (int b = 0; b < count; b++) {
                    float value = values[first + b];
                    word |= (value > 0 ? 1L : 0L) << b;
                    zeros += value * 0;
                }
                packed[i * words + w] = word;
            }
        }
        return zeros == 0;
    }

    private static NonFiniteException notFinite(int bits, float[] values) {
        int first = 0;
        while (Float.isFinite(values[first])) {
            first++;
        }
        return new NonFiniteException("the value for bit " + first % bits + " of row " + first / bits + " is "
                + values[first] + ", which cannot be binarized");
    }

    /**
     * Unpacks codes from bytes.
     *
     * @param bytes n rows of ceil(N / 8) bytes, in the byte layout of this class
     * @throws IllegalArgumentException if the number of bytes is wrong or an unused bit is set
     */
    public static BinaryCodes ofBytes(int size, int bits, byte[] bytes) {
        int words = wordsFor(bits);
        int width = (bits + 7) >> 3;
        if ((long) size * width != bytes.length) {
            throw new IllegalArgumentException(
                    size + " codes of " + bits + " bits need " + (long) size * width + " bytes, not " + bytes.length);
        }
        int unused = (bits & 7) == 0 ? 0 : 0xff << (bits & 7) & 0xff;
        long[] packed = new long[size * words];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < width; k++) {
                long value = bytes[i * width + k] & 0xffL;
                packed[i * words + (k >> 3)] |= value << (8 * (k & 7));
            }
            if ((bytes[i * width + width - 1] & unused) != 0) {
                throw new IllegalArgumentException("code " + i + " has a bit set beyond its " + bits + " bits");
            }
        }
        return new BinaryCodes(size, bits, packed);
    }

    /** The number of codes, n. */
    public int size() {
        return size;
    }

    /** The length of a code in bits, N. */
    public int bits() {
        return bits;
    }

    /** The number of longs that a code takes, ceil(N / 64). */
    public int words() {
        return words;
    }

    /**
     * Word {@code w} of code {@code i}.
     *
     * @throws IndexOutOfBoundsException if there is no such code or word
     */
    public long word(int i, int w) {
        return packed[i * words + Objects.checkIndex(w, words)];
    }

    /**
     * Returns whether bit {@code b} of code {@code i} is 1.
     *
     * @throws IndexOutOfBoundsException if there is no such code or bit
     */
    public boolean bit(int i, int b) {
        Objects.checkIndex(b, bits);
        return (packed[i * words + (b >> 6)] >>> b & 1L) != 0;
    }

    /** All words, code after code, as a new array of n * ceil(N / 64). */
    public long[] toWords() {
        return packed.clone();
    }

    /**
     * All codes as bytes, in the byte layout of this class.
     *
     * @throws ArithmeticException if they are more than 2^31 - 1
     */
    public byte[] toBytes() {
        int width = (bits + 7) >> 3;
        byte[] bytes = new byte[Math.multiplyExact(size, width)];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < width; k++) {
                bytes[i * width + k] = (byte) (packed[i * words + (k >> 3)] >>> (8 * (k & 7)));
            }
        }
        return bytes;
    }

    /**
     * Returns the chosen codes, in the order of the indices.
     *
     * @throws IndexOutOfBoundsException if there is no code with one of them
     */
    public BinaryCodes select(int[] indices) {
        long[] chosen = new long[indices.length * words];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(packed, indices[i] * words, chosen, i * words, words);
        }
        return new BinaryCodes(indices.length, bits, chosen);
    }

    /**
     * The Hamming distance between code {@code i} of these and code {@code j} of the other.
     *
     * @throws IllegalArgumentException if the other codes are of another length
     */
    public int distance(int i, BinaryCodes other, int j) {
        if (bits != other.bits) {
            throw new IllegalArgumentException(
                    "codes of " + bits + " bits have no distance to codes of " + other.bits + " bits");
        }
        int distance = 0;
        for (int w = 0; w < words; w++) {
            distance += Long.bitCount(packed[i * words + w] ^ other.packed[j * words + w]);
        }
        return distance;
    }

    /** The number of different codes. */
    public int unique() {
        return firstOccurrences().length;
    }

    /** The rows whose code is in no row before them, ascending: one for each different code. */
    public int[] firstOccurrences() {
        int[] slots = new int[slots(size)];
        Arrays.fill(slots, -1);
        int[] rows = new int[size];
        int found = 0;
        for (int i = 0; i < size; i++) {
            // The hash as a fraction of 2^32, times the number of slots.
            int slot = (int) (((hash(i) & 0xffffffffL) * slots.length) >>> 32);
            while (slots[slot] >= 0 && distance(i, this, slots[slot]) != 0) {
                slot = slot + 1 == slots.length ? 0 : slot + 1;
            }
            if (slots[slot] < 0) {
                slots[slot] = i;
                rows[found++] = i;
            }
        }
        return Arrays.copyOf(rows, found);
    }

    /** At most half are taken, or as few as the longest array allows. */
    static int slots(int size) {
        return (int) Math.min(2L * size + 1, Integer.MAX_VALUE - 8);
    }

    // Two multiplications a word, so that every bit of a code moves the slot: saturated codes differ in few bits.
    private int hash(int i) {
        long mixed = 0;
        for (int w = 0; w < words; w++) {
            mixed = (mixed ^ packed[i * words + w]) * 0x9e3779b97f4a7c15L;
            mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
            mixed ^= mixed >>> 32;
        }
        return (int) mixed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryCodes that
                && size == that.size
                && bits == that.bits
                && Arrays.equals(packed, that.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return "BinaryCodes[" + size + " x " + bits + " bits]";
    }
}
