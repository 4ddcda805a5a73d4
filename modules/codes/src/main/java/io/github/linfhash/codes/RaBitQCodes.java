package io.github.linfhash.codes;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** The numbers of grid vectors y + (2^B - 1)/2, and the two numbers beside each: a term, and the factor |x|^2 / (y, x). */
public final class RaBitQCodes {
    /** So many vectors are encoded one after the other, in the same arrays. */
    private static final int BLOCK = 64;

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
     * @param terms the part of the distance to each vector that does not depend on the query, as {@link Similarity#term} gives
     *     it; not copied
     */
    public static RaBitQCodes of(int n, int width, VectorSource mapped, int bits, float[] terms) {
        byte[] numbers = new byte[Math.multiplyExact(n, width)];
        float[] factors = new float[n];
        IntStream.rangeClosed(0, (n - 1) / BLOCK).parallel().forEach(block -> {
            float[] x = new float[width];
            GridCode code = new GridCode(width, bits);
            for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
                mapped.copy(i, x);
                code.encode(x);
                System.arraycopy(code.numbers, 0, numbers, i * width, width);
                double squared = 0;
                for (float value : x) {
                    squared += (double) value * value;
                }
                factors[i] = squared == 0 ? 0 : (float) (squared / code.product);
            }
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
     * {@linkplain Similarity#factor once or twice} the factor times (y, q).
     *
     * @param q the query, mapped as the vectors were, D values
     * @param queryBits to which it is rounded, 1 to 8; 0 leaves it in float32
     * @param similarity by what vectors are compared
     */
    public Distances distances(float[] q, int queryBits, Similarity similarity) {
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
                        WordColumns.products(w -> columns[w], planes.planes(), words, queryBits, products);
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
     * (x, y) / |y|, found exactly. It is replaced by that of the next x; used by one thread.
     *
     * <p>As Gao et al., SIGMOD 2025: the best y is the rounding of t x for some scale t; as t grows, one coordinate after another moves to
     * its next value. The sweep visits the scales at which one does, in order, and keeps the inner product and the squared length
     * up to date, O(2^B D log(2^B D)). It sorts them by buckets, and ends where no later scale can be better: a move at scale t that adds
     * p to the product adds 2 t p to the squared length. Where there are more than {@value #ALL_SCALES} scales it visits only those among
     * which the authors' <a href="https://github.com/VectorDB-NTU/RaBitQ-Library">library</a> looks, up to a little more than that at which
     * the largest coordinate has its last value, from {@link #LEAST_SCALES} of it on; for normal coordinates the best one is there.
     */
    static final class GridCode {
        private static final int ALL_SCALES = 8192;

        /** By the number of bits. */
        private static final double[] LEAST_SCALES = {0, 0, 0, 0, 0, 0.59, 0.71, 0.75, 0.77};

        private static final int FEW_BITS = 4;
        private static final int BEYOND_LAST = 10;

        private static final int BUCKETS = 1024;
        /** Of a scale's float bits, those that share a bucket; eight octaves have one of their own, and the last has all beyond. */
        private static final int BUCKET_SHIFT = 16;
        /** After so many moves it is checked whether a later one can be better. */
        private static final int CHECKED = 32;
        /** More than the rounding errors of the bound on later cosines, and of scales. */
        private static final double SLACK = 1e-6;

        private final int bits;
        private final int most;
        /** y + (2^B - 1)/2: whole numbers within 0 .. 2^B - 1. */
        final byte[] numbers;
        /** How many steps each coordinate is from the innermost value. */
        private final int[] levels;

        private final int[] before;
        /** Coordinates, with the float bits of the scale at which they move above; in {@code moves} by buckets. */
        private long[] unordered = new long[0];

        private long[] moves = new long[0];
        /** Where buckets end in {@code moves}. */
        private final int[] ends = new int[BUCKETS];

        /** (x, y). */
        double product;
        /** (y, y). */
        double squaredLength;

        GridCode(int width, int bits) {
            this.bits = bits;
            this.most = (1 << (bits - 1)) - 1;
            this.numbers = new byte[width];
            this.levels = new int[width];
            this.before = new int[width];
        }

        void encode(float[] x) {
            Arrays.fill(levels, 0);
            if (most > 0) {
                findLevels(x);
            }
            for (int j = 0; j < x.length; j++) {
                // -1 - l = ~l; a branch on a sign is mispredicted every other time.
                int negative = x[j] > 0 ? 0 : -1;
                numbers[j] = (byte) (most + 1 + (levels[j] ^ negative));
            }
            sum(x);
        }

        private void sum(float[] x) {
            product = 0;
            squaredLength = 0;
            for (int j = 0; j < x.length; j++) {
                double magnitude = levels[j] + 0.5;
                product += magnitude * Math.abs(x[j]);
                squaredLength += magnitude * magnitude;
            }
        }

        /** Sets the levels to those of the best scale. */
        private void findLevels(float[] x) {
            float last = Float.MAX_VALUE;
            if (bits > FEW_BITS && x.length * most > ALL_SCALES) {
                float largest = 0;
                for (float value : x) {
                    largest = Math.max(largest, Math.abs(value));
                }
                last = Math.min(last, (most + BEYOND_LAST) / largest);
                start(x, (float) (LEAST_SCALES[bits] * last));
            }
            System.arraycopy(levels, 0, before, 0, levels.length);
            order(x, last);
            int bestMoves = sweep(x);
            System.arraycopy(before, 0, levels, 0, levels.length);
            for (int move = 0; move < bestMoves; move++) {
                levels[(int) moves[move]]++;
            }
        }

        /** Sets the levels at a scale. */
        private void start(float[] x, float scale) {
            for (int j = 0; j < x.length; j++) {
                float moved = scale * Math.abs(x[j]);
                // Of zeros alone there is no scale.
                levels[j] = Float.isNaN(moved) ? 0 : (int) Math.min(most, moved);
            }
        }

        /** Puts the moves, at the scales k / |x_j|, k = levels + 1..most, up to the last scale, into their buckets. */
        private void order(float[] x, float last) {
            int steps = 0;
            float first = Float.MAX_VALUE;
            for (int j = 0; j < x.length; j++) {
                steps += most - levels[j];
                first = x[j] == 0 ? first : Math.min(first, (levels[j] + 1) / Math.abs(x[j]));
            }
            if (moves.length < steps) {
                moves = new long[steps];
                unordered = new long[steps];
            }
            Arrays.fill(ends, 0);
            int least = Float.floatToRawIntBits(first);
            int count = 0;
            for (int j = 0; j < x.length; j++) {
                float magnitude = Math.abs(x[j]);
                for (int k = levels[j] + 1; k <= most && magnitude != 0; k++) {
                    float scale = k / magnitude;
                    if (scale > last) {
                        break;
                    }
                    int ofScale = Float.floatToRawIntBits(scale);
                    unordered[count++] = (long) ofScale << 32 | j;
                    ends[bucket(ofScale, least)]++;
                }
            }
            int start = 0;
            for (int b = 0; b < BUCKETS; b++) {
                int size = ends[b];
                ends[b] = start;
                start += size;
            }
            for (int i = 0; i < count; i++) {
                moves[ends[bucket((int) (unordered[i] >>> 32), least)]++] = unordered[i];
            }
        }

        private static int bucket(int ofScale, int least) {
            return Math.min(BUCKETS - 1, (ofScale - least) >> BUCKET_SHIFT);
        }

        /** Makes the moves in the order of their scales, and returns how many of them lead to the best levels. */
        private int sweep(float[] x) {
            sum(x);
            double whole = 0;
            for (float value : x) {
                whole += (most + 0.5) * Math.abs(value);
            }
            double best = product / Math.sqrt(squaredLength);
            int bestMoves = 0;
            int move = 0;
            int checked = 0;
            for (int end : ends) {
                if (end > move + 1) {
                    Arrays.sort(moves, move, end);
                }
                for (; move < end; move++) {
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
                if (move >= checked + CHECKED) {
                    checked = move;
                    float scale = Float.intBitsToFloat((int) (moves[move - 1] >>> 32));
                    if (laterCosine(scale, whole) < best * (1 - SLACK)) {
                        break;
                    }
                }
            }
            return bestMoves;
        }

        /**
         * A bound on the cosines of later moves. The product grows by p in all, and the squared length by at least 2 t p; such a quotient
         * is largest for the least or the largest p.
         */
        private double laterCosine(float scale, double whole) {
            double length = squaredLength + 2 * (1 - SLACK) * scale * (whole - product);
            return Math.max(product / Math.sqrt(squaredLength), whole / Math.sqrt(length));
        }
    }
}
