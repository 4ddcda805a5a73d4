package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Product quantization: the nearest of at most 256 centers of each part of the coordinates, a byte each, or of at most 16, two parts a
 * byte, and distances that are sums of a table's values.
 *
 * <p>Of 4 bits, byte j has the number of part 2j in its low bits and that of part 2j + 1 in its high ones, as in faiss; where the number of
 * parts is odd, the last high bits are 0. A query's table has the 256 sums of a byte's two values, so that a distance is the sum over bytes,
 * in their order, of (value of part 2j + value of part 2j + 1), in float32.
 */
public final class ProductScheme extends CodeScheme {
    /** The number of values of a byte, and of a table's entries for it. */
    public static final int VALUES = 256;

    private final int[] starts;
    private final float[][] centers;
    private final int bits;
    /** Coordinate by coordinate, so that the compiler vectorizes {@link #table}. */
    private final float[][] columns;

    private final SmallCodebook[] points;
    /** Whether each part has a center for every value of a byte, so that no code is at fault. */
    private final boolean whole;

    private final Similarity similarity;

    /** Codebooks of parts of 8 bits each. */
    public ProductScheme(int[] starts, float[][] centers, Similarity similarity) {
        this(starts, centers, 8, similarity);
    }

    /**
     * Codebooks of parts.
     *
     * @param starts where each of m parts begins, and N behind them
     * @param centers of each part, row-major, at most 2^bits; not copied
     * @param bits of a part, 4 or 8
     * @throws IllegalArgumentException if bits are others, or a part has no coordinates, or not 1 to 2^bits centers of as many
     */
    public ProductScheme(int[] starts, float[][] centers, int bits, Similarity similarity) {
        if (bits != 4 && bits != 8) {
            throw new IllegalArgumentException("expected 4 or 8 bits a part, found " + bits);
        }
        if (starts.length != centers.length + 1) {
            throw new IllegalArgumentException("expected the starts of " + centers.length + " parts and the end, found "
                    + starts.length + " numbers");
        }
        for (int part = 0; part < centers.length; part++) {
            int width = starts[part + 1] - starts[part];
            int values = centers[part].length;
            if (width < 1 || values < width || values % width != 0 || values / width > 1 << bits) {
                throw new IllegalArgumentException("part " + part + ": expected 1 to " + (1 << bits)
                        + " centers of at least one coordinate, found " + values + " values for " + width
                        + " coordinates");
            }
        }
        this.starts = starts.clone();
        this.centers = centers.clone();
        this.bits = bits;
        this.similarity = similarity;
        this.points = new SmallCodebook[centers.length];
        this.columns = new float[centers.length][];
        for (int part = 0; part < points.length; part++) {
            int width = starts[part + 1] - starts[part];
            points[part] = new SmallCodebook(centers[part], width);
            columns[part] = columns(centers[part], width);
        }
        this.whole = Arrays.stream(points).allMatch(part -> part.count() == 1 << bits)
                && centers.length * bits % Byte.SIZE == 0;
    }

    private static float[] columns(float[] centers, int width) {
        int count = centers.length / width;
        float[] columns = new float[centers.length];
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < width; j++) {
                columns[j * count + c] = centers[c * width + j];
            }
        }
        return columns;
    }

    /**
     * For each part and center, the squared distance to a query's coordinates, or the negative inner product with them, added for the two
     * parts of a byte: {@value #VALUES} for each byte of a code.
     */
    public float[] table(float[] query) {
        float[] values = values(query);
        return bits == 4 ? pairs(values) : values;
    }

    /** For each part, or also for one that only fills the last byte, 2^bits values. */
    private float[] values(float[] query) {
        int values = 1 << bits;
        float[] table = new float[bytes() * Byte.SIZE / bits * values];
        float[] sums = new float[values];
        for (int part = 0; part < centers.length; part++) {
            int width = starts[part + 1] - starts[part];
            int count = columns[part].length / width;
            Arrays.fill(sums, 0);
            for (int j = 0; j < width; j++) {
                add(sums, columns[part], j * count, count, query[starts[part] + j]);
            }
            System.arraycopy(sums, 0, table, part * values, count);
        }
        return table;
    }

    private static float[] pairs(float[] values) {
        float[] pairs = new float[values.length / 32 * VALUES];
        for (int k = 0; k < pairs.length; k++) {
            int from = k / VALUES * 32;
            pairs[k] = values[from + k % 16] + values[from + 16 + k % VALUES / 16];
        }
        return pairs;
    }

    private void add(float[] sums, float[] column, int from, int count, float query) {
        if (similarity.byInnerProduct()) {
            for (int c = 0; c < count; c++) {
                sums[c] += -column[from + c] * query;
            }
        } else {
            for (int c = 0; c < count; c++) {
                float less = column[from + c] - query;
                sums[c] += less * less;
            }
        }
    }

    /** The sum of the values of a table, m x {@value #VALUES}, that the m bytes of a code choose, in their order. */
    public static float sum(float[] table, byte[] codes, int at, int width) {
        float sum = 0;
        for (int k = 0; k < width; k++) {
            sum += table[k * VALUES + (codes[at + k] & 255)];
        }
        return sum;
    }

    @Override
    int inputs() {
        return starts[centers.length];
    }

    @Override
    int bytes() {
        return (centers.length * bits + 7) / Byte.SIZE;
    }

    @Override
    void encode(float[] x, float[] y, byte[] target, int at) {
        for (int part = 0; part < centers.length; part++) {
            float[] ofPart = Arrays.copyOfRange(y, starts[part], starts[part + 1]);
            int number = points[part].of(ofPart).point(0);
            int shift = part * bits % Byte.SIZE;
            int place = at + part * bits / Byte.SIZE;
            target[place] = (byte) (shift == 0 ? number : target[place] | number << shift);
        }
    }

    @Override
    List<Column> columns() {
        return List.of(Column.codes(bytes()));
    }

    @Override
    Block.@Nullable Shape blocks() {
        return VectorKernels.FOUND == null ? null : new Block.Shape(0, 0, bytes(), 0);
    }

    @Override
    void turn(byte[] rows, Block target) {
        target.turnBytes(rows, bytes());
    }

    @Override
    Query query(float[] z) {
        float[] values = values(z);
        return new Sums(
                bits == 4 ? pairs(values) : values,
                bytes(),
                VectorKernels.FOUND == null ? null : new ProductBounds(values, 1 << bits));
    }

    /**
     * The distances of a query, eight codes at a time, so that no sum waits for another one. Each sum has the order of {@link #sum}.
     *
     * <p>Where only distances up to a limit matter, the first parts of codes are summed, and the others of those codes alone that are not
     * beyond the limit already with the least values of the other parts.
     */
    private static final class Sums extends Query {
        private static final int AT_ONCE = 8;
        /** After how many blocks to try anew whether leaving out the last parts is worth it. */
        private static final int RETRY = 64;

        private final int width;
        private final float[][] values;
        private final float[] least;
        private final int step;
        private int parts;
        private int blocks;

        private final @Nullable ProductBounds bounds;

        Sums(float[] table, int width, @Nullable ProductBounds bounds) {
            this.width = width;
            this.bounds = bounds;
            this.values = new float[width][];
            this.least = new float[width];
            for (int part = 0; part < width; part++) {
                values[part] = Arrays.copyOfRange(table, part * VALUES, (part + 1) * VALUES);
                least[part] = Float.POSITIVE_INFINITY;
                for (float value : values[part]) {
                    least[part] = Math.min(least[part], value);
                }
            }
            this.step = Math.max(1, width / 8);
            this.parts = Math.max(1, width / 2);
        }

        @Override
        public void distances(byte[] codes, int from, int count, float[] target) {
            sums(width, codes, from, count, target);
        }

        @Override
        void distances(byte[] codes, int from, int count, float limit, float[] target) {
            if (parts == width && ++blocks % RETRY == 0) {
                parts = width - step;
            }
            float bound = parts < width ? bound(limit) : Float.NaN;
            if (Float.isNaN(bound)) {
                sums(width, codes, from, count, target);
                return;
            }
            sums(parts, codes, from, count, target);
            int left = 0;
            for (int i = 0; i < count; i++) {
                if (target[i] >= bound) {
                    target[i] = Float.POSITIVE_INFINITY;
                } else {
                    left++;
                    target[i] = rest(codes, from + i * width, target[i]);
                }
            }
            if (left > count / 4) {
                parts = Math.min(width, parts + step);
            } else if (left < count / 16) {
                parts = Math.max(1, parts - step);
            }
        }

        @Override
        boolean distances(Block block, float limit, float[] target) {
            if (VectorKernels.FOUND == null || bounds == null) {
                return super.distances(block, limit, target);
            }
            if (!bounds.any(VectorKernels.FOUND, block, width, limit)) {
                return false;
            }
            int bound = bounds.bound(limit);
            for (int i = 0; i < Block.CODES; i++) {
                float sum = 0;
                boolean within = bounds.mayBeWithin(i, bound);
                for (int part = 0; part < width && within; part++) {
                    sum += values[part][block.turnedByte(i, part, width) & 255];
                }
                target[i] = within ? sum : Float.POSITIVE_INFINITY;
            }
            return true;
        }

        /**
         * Returns a sum of the first parts from which on all sums are above a limit. It needs no bound of rounding errors, as a sum of
         * floats never falls where one of them rises: the sums of this one and the least values are computed.
         *
         * @return NaN if there is none, or a value is NaN
         */
        private float bound(float limit) {
            float rest = 0;
            for (int part = parts; part < width; part++) {
                rest += least[part];
            }
            float bound = limit - rest + 1e-5f * (Math.abs(limit) + Math.abs(rest));
            float sum = bound;
            for (int part = parts; part < width; part++) {
                sum += least[part];
            }
            return sum > limit ? bound : Float.NaN;
        }

        private float rest(byte[] codes, int at, float first) {
            float sum = first;
            for (int part = parts; part < width; part++) {
                sum += values[part][codes[at + part] & 255];
            }
            return sum;
        }

        /** The sums of the values of the first parts. */
        private void sums(int first, byte[] codes, int from, int count, float[] target) {
            int i = 0;
            for (; i + AT_ONCE <= count; i += AT_ONCE) {
                eight(first, codes, from + i * width, target, i);
            }
            for (; i < count; i++) {
                float sum = 0;
                for (int part = 0; part < first; part++) {
                    sum += values[part][codes[from + i * width + part] & 255];
                }
                target[i] = sum;
            }
        }

        private void eight(int first, byte[] codes, int at, float[] target, int i) {
            int at1 = at + width;
            int at2 = at1 + width;
            int at3 = at2 + width;
            int at4 = at3 + width;
            int at5 = at4 + width;
            int at6 = at5 + width;
            int at7 = at6 + width;
            float sum = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            float sum4 = 0;
            float sum5 = 0;
            float sum6 = 0;
            float sum7 = 0;
            for (int part = 0; part < first; part++) {
                float[] of = values[part];
                sum += of[codes[at + part] & 255];
                sum1 += of[codes[at1 + part] & 255];
                sum2 += of[codes[at2 + part] & 255];
                sum3 += of[codes[at3 + part] & 255];
                sum4 += of[codes[at4 + part] & 255];
                sum5 += of[codes[at5 + part] & 255];
                sum6 += of[codes[at6 + part] & 255];
                sum7 += of[codes[at7 + part] & 255];
            }
            target[i] = sum;
            target[i + 1] = sum1;
            target[i + 2] = sum2;
            target[i + 3] = sum3;
            target[i + 4] = sum4;
            target[i + 5] = sum5;
            target[i + 6] = sum6;
            target[i + 7] = sum7;
        }
    }

    @Override
    String fault(byte[] code, int at) {
        if (whole) {
            return "";
        }
        for (int part = 0; part < bytes() * Byte.SIZE / bits; part++) {
            int number = (code[at + part * bits / Byte.SIZE] & 255) >> part * bits % Byte.SIZE & (1 << bits) - 1;
            // Bits that no part has are 0.
            int count = part < centers.length ? points[part].count() : 1;
            if (number >= count) {
                return "the number " + number + " of one of " + count + " centers";
            }
        }
        return "";
    }

    @Override
    void describe(MessageDigest digest) {
        add(digest, bits == 8 ? "pq" : "pq4", starts);
        for (float[] ofPart : centers) {
            add(digest, ofPart);
        }
    }
}
