package io.github.linfhash.codes;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** The numbers of grid vectors y + (2^B - 1)/2, and the two numbers beside each: a term, and the factor |x|^2 / (y, x). */
public final class RaBitQCodes {
    private final BitPlanes planes;
    private final float[] terms;
    private final float[] factors;

    private RaBitQCodes(BitPlanes planes, float[] terms, float[] factors) {
        this.planes = planes;
        this.terms = terms;
        this.factors = factors;
    }

    /**
     * Encodes vectors that any map has mapped.
     *
     * @param n how many
     * @param width D
     * @param mapped x, n x D
     * @param bits B of a coordinate, 1 to 8
     * @param terms the part of the distance to each vector that does not depend on the query, as {@link VectorSimilarity#term} gives
     *     it; not copied
     */
    public static RaBitQCodes of(int n, int width, VectorSource mapped, int bits, float[] terms) {
        byte[] numbers = new byte[Math.multiplyExact(n, width)];
        float[] factors = new float[n];
        IntStream.range(0, n).parallel().forEach(i -> {
            float[] x = new float[width];
            mapped.copy(i, x);
            GridCode code = GridCode.of(x, bits);
            System.arraycopy(code.numbers(), 0, numbers, i * width, width);
            double squared = 0;
            for (float value : x) {
                squared += (double) value * value;
            }
            factors[i] = squared == 0 ? 0 : (float) (squared / code.product());
        });
        return new RaBitQCodes(BitPlanes.of(n, width, bits, numbers), terms, factors);
    }

    /** Room for n codes that are {@linkplain #read read} again and again. */
    static RaBitQCodes room(int n, int width, int bits) {
        return new RaBitQCodes(BitPlanes.room(n, width, bits), new float[n], new float[n]);
    }

    /**
     * Replaces the first codes by others from bytes: the packed numbers, the term and the factor of each.
     *
     * @param half whether term and factor are float16
     * @param spread as {@link BitPlanes#spread} gives it
     */
    void read(byte[] bytes, int from, int stride, int count, boolean half, long[] spread) {
        planes.read(bytes, from, stride, count, spread);
        int side = (planes.numbers() * planes.planes() + 7) / 8;
        for (int i = 0; i < count; i++) {
            int at = from + i * stride + side;
            terms[i] = CorrectionTerms.read(bytes, at, half);
            factors[i] = CorrectionTerms.read(bytes, at + CorrectionTerms.bytes(half), half);
        }
    }

    /**
     * Returns these codes with both numbers rounded to float16.
     *
     * @throws IllegalArgumentException if one is too large for that
     */
    public RaBitQCodes rounded() {
        float[] factor = rounded(factors);
        return new RaBitQCodes(planes, rounded(terms), factor);
    }

    private static float[] rounded(float[] values) {
        float[] all = new float[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Float16.toFloat(Float16.of(values[i]));
            if (!Float.isFinite(all[i])) {
                throw new IllegalArgumentException("rabitq: termBits 16 hold numbers up to 65504, and vector " + i
                        + " needs " + values[i] + "; scale the vectors, or take termBits 32");
            }
        }
        return all;
    }

    /** The number of codes, n. */
    public int size() {
        return planes.size();
    }

    /** The numbers, D of B bits each. */
    public BitPlanes planes() {
        return planes;
    }

    /** The term of a code. */
    public float term(int code) {
        return terms[code];
    }

    /** The term of each code, in a new array. */
    public float[] terms() {
        return terms.clone();
    }

    /** The factor of each code, in a new array. */
    public float[] factors() {
        return factors.clone();
    }

    /**
     * Estimates -(o, q) up to a value that all codes share, or the squared distance |o - q|^2 less |q - c|^2: the term less
     * {@linkplain VectorSimilarity#factor once or twice} the factor times (y, q).
     *
     * @param q the query, mapped as the vectors were, D values
     * @param queryBits to which it is rounded, 1 to 8; 0 leaves it in float32
     * @param similarity by what vectors are compared
     */
    public Distances distances(float[] q, int queryBits, VectorSimilarity similarity) {
        float scale = similarity.factor();
        if (queryBits == 0) {
            float middle = middle(q, planes.planes());
            BitPlanes.Products products = planes.products(q);
            return i -> estimate(terms[i], scale, factors[i], products.of(i) - middle);
        }
        UniformQuery rounded = UniformQuery.of(q, queryBits);
        float middle = middle(rounded, q.length, planes.planes());
        int[] words = WordColumns.of(rounded.numbers().words(), queryBits, q.length);
        return new Distances() {
            @Override
            public float to(int code) {
                return estimate(terms[code], scale, factors[code], rounded.product(planes, code) - middle);
            }

            @Override
            public float[] first(int count) {
                if (planes.planes() == 1 && !VectorCounts.FAST) {
                    return Distances.super.first(count);
                }
                float[] distances = new float[Objects.checkIndex(count, size() + 1)];
                int[] products = new int[Block.CODES];
                for (int i = 0; i < count; i++) {
                    if (i % Block.CODES == 0) {
                        int[][] columns = planes.columns(i / Block.CODES);
                        WordColumns.products(columns, planes.planes(), words, queryBits, products);
                    }
                    float sums = rounded.low() * planes.sum(i) + rounded.step() * products[i % Block.CODES];
                    distances[i] = estimate(terms[i], scale, factors[i], sums - middle);
                }
                return distances;
            }
        };
    }

    /** The estimated distance, from (y, q). */
    static float estimate(float term, float scale, float factor, float product) {
        return term + scale * factor * product;
    }

    /** Returns how much less (y, q) is than the product of the code's numbers with q. */
    static float middle(float[] q, int bits) {
        float sum = 0;
        for (float value : q) {
            sum += value;
        }
        return ((1 << bits) - 1) / 2f * sum;
    }

    /** Returns how much less (y, q) is than the product of the code's numbers with q, for a rounded q of D values. */
    static float middle(UniformQuery q, int width, int bits) {
        return ((1 << bits) - 1)
                / 2f
                * (q.low() * width + q.step() * q.numbers().sum(0));
    }

    /**
     * The vector y of half-odd coordinates within -(2^B - 1)/2 .. (2^B - 1)/2 whose direction is nearest to that of x: the largest
     * (x, y) / |y|, found exactly.
     *
     * <p>As Gao et al., SIGMOD 2025: the best y is the rounding of t x for some scale t; as t grows, one coordinate after another moves to
     * its next value. The sweep visits the scales at which one does, in order, and keeps the inner product and the squared length
     * up to date, O(2^B D log(2^B D)). Where there are more than {@value #ALL_SCALES} it visits only those among which the authors'
     * <a href="https://github.com/VectorDB-NTU/RaBitQ-Library">library</a> looks, up to a little more than that at which the largest coordinate has its last value, from
     * {@link #LEAST_SCALES} of it on; for normal coordinates the best one is there.
     */
    static final class GridCode {
        private static final int ALL_SCALES = 8192;

        /** By the number of bits. */
        private static final double[] LEAST_SCALES = {0, 0, 0, 0, 0, 0.59, 0.71, 0.75, 0.77};

        private static final int FEW_BITS = 4;
        private static final int BEYOND_LAST = 10;

        private final byte[] numbers;
        private final double product;
        private final double squaredLength;

        private GridCode(byte[] numbers, double product, double squaredLength) {
            this.numbers = numbers;
            this.product = product;
            this.squaredLength = squaredLength;
        }

        static GridCode of(float[] x, int bits) {
            int most = (1 << (bits - 1)) - 1;
            int[] levels = levels(x, most, bits);
            byte[] numbers = new byte[x.length];
            double product = 0;
            double squaredLength = 0;
            for (int j = 0; j < x.length; j++) {
                double magnitude = levels[j] + 0.5;
                numbers[j] = (byte) (x[j] > 0 ? most + 1 + levels[j] : most - levels[j]);
                product += magnitude * Math.abs(x[j]);
                squaredLength += magnitude * magnitude;
            }
            return new GridCode(numbers, product, squaredLength);
        }

        /** How many steps each coordinate is from the innermost value, at the best scale. */
        private static int[] levels(float[] x, int most, int bits) {
            int[] levels = new int[x.length];
            if (most == 0) {
                return levels;
            }
            float last = Float.MAX_VALUE;
            if (bits > FEW_BITS && x.length * most > ALL_SCALES) {
                float largest = 0;
                for (float value : x) {
                    largest = Math.max(largest, Math.abs(value));
                }
                last = Math.min(last, (most + BEYOND_LAST) / largest);
                start(x, most, (float) (LEAST_SCALES[bits] * last), levels);
            }
            int[] before = levels.clone();
            long[] moves = moves(x, before, most, last);
            double product = 0;
            double squaredLength = 0;
            for (int j = 0; j < x.length; j++) {
                double magnitude = levels[j] + 0.5;
                product += magnitude * Math.abs(x[j]);
                squaredLength += magnitude * magnitude;
            }
            double best = product / Math.sqrt(squaredLength);
            int bestMoves = 0;
            for (int move = 0; move < moves.length; move++) {
                int j = (int) moves[move];
                levels[j]++;
                product += Math.abs(x[j]);
                squaredLength += 2.0 * levels[j];
                double cosine = product / Math.sqrt(squaredLength);
                if (cosine > best) {
                    best = cosine;
                    bestMoves = move + 1;
                }
            }
            System.arraycopy(before, 0, levels, 0, levels.length);
            for (int move = 0; move < bestMoves; move++) {
                levels[(int) moves[move]]++;
            }
            return levels;
        }

        /** Sets the levels at a scale. */
        private static void start(float[] x, int most, float scale, int[] levels) {
            for (int j = 0; j < x.length; j++) {
                float moved = scale * Math.abs(x[j]);
                // Of zeros alone there is no scale.
                levels[j] = Float.isNaN(moved) ? 0 : (int) Math.min(most, moved);
            }
        }

        /**
         * The coordinates in the order of the scales k / |x_j| at which they move, k = levels + 1..most, up to the last scale; the scale's float
         * bits are above.
         */
        private static long[] moves(float[] x, int[] levels, int most, float last) {
            int steps = 0;
            for (int level : levels) {
                steps += most - level;
            }
            long[] moves = new long[steps];
            int count = 0;
            for (int j = 0; j < x.length; j++) {
                for (int k = levels[j] + 1; k <= most && x[j] != 0; k++) {
                    float scale = k / Math.abs(x[j]);
                    if (scale > last) {
                        break;
                    }
                    moves[count++] = (long) Float.floatToRawIntBits(scale) << 32 | j;
                }
            }
            long[] sorted = Arrays.copyOf(moves, count);
            Arrays.sort(sorted);
            return sorted;
        }

        /** y + (2^B - 1)/2: whole numbers within 0 .. 2^B - 1. */
        byte[] numbers() {
            return numbers.clone();
        }

        /** (x, y). */
        double product() {
            return product;
        }

        /** (y, y). */
        double squaredLength() {
            return squaredLength;
        }
    }
}
