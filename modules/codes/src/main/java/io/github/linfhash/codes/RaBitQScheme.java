package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RaBitQ's codes behind a rotation: the nearest grid vector of B bits a coordinate, and two numbers beside it ({@link RaBitQCodes}). */
final class RaBitQScheme extends CodeScheme {
    /** By the number of bits, the largest sum of products of four of them with a query of numbers up to 15. */
    private static final int[] MOST = {0, 60, 90, 165, 225};

    private final int bits;
    private final int queryBits;
    private final boolean half;
    private final float[] center;
    private final int numbers;
    private final Similarity similarity;
    private final long[] spread;

    /**
     * Grid vectors of D coordinates.
     *
     * @param numbers D
     * @param bits B, 1 to 8
     * @param queryBits to which a query is rounded, 1 to 8; 0 leaves it in float32
     * @param half whether the two numbers are float16, not float32
     * @param center c, d values; not copied
     */
    RaBitQScheme(int numbers, int bits, int queryBits, boolean half, float[] center, Similarity similarity) {
        this.numbers = numbers;
        this.bits = bits;
        this.queryBits = queryBits;
        this.half = half;
        this.center = center;
        this.similarity = similarity;
        this.spread = BitPlanes.spread(bits);
    }

    @Override
    int inputs() {
        return numbers;
    }

    @Override
    int bytes() {
        return side() + 2 * CorrectionTerms.bytes(half);
    }

    private int side() {
        return (numbers * bits + 7) / 8;
    }

    @Override
    void encode(float[] x, float[] y, byte[] target, int at) {
        RaBitQCodes code = RaBitQCodes.of(
                1, numbers, (row, values) -> System.arraycopy(y, 0, values, 0, numbers), bits, new float[] {
                    similarity.term(x, 0, center)
                });
        RaBitQCodes rounded = half ? code.rounded() : code;
        rounded.planes().copyTo(0, target, at);
        CorrectionTerms.write(rounded.terms()[0], target, at + side(), half);
        CorrectionTerms.write(rounded.factors()[0], target, at + side() + CorrectionTerms.bytes(half), half);
    }

    @Override
    List<Column> columns() {
        return List.of(Column.codes(side()), Column.number("terms", half), Column.number("factors", half));
    }

    @Override
    Block.@Nullable Shape blocks() {
        if (inHalves()) {
            return new Block.Shape(0, 3, side(), 0);
        }
        boolean faster = queryBits > 0 && (bits > 1 || VectorCounts.FAST);
        return faster ? new Block.Shape(WordColumns.words(numbers) * bits, 3, 0, 0) : null;
    }

    /** Whether tables for the halves of bytes serve, whose values are at most 15 x 15. */
    private boolean inHalves() {
        return VectorKernels.FOUND != null && queryBits > 0 && queryBits <= 4 && bits <= 4;
    }

    @Override
    void turn(byte[] rows, Block target) {
        int width = bytes();
        int side = side();
        for (int eight = 0; 8 * eight < numbers && target.words() > 0; eight++) {
            for (int i = 0; i < Block.CODES; i++) {
                long ofPlanes = 0;
                for (int k = eight * bits; k < Math.min(side, (eight + 1) * bits); k++) {
                    ofPlanes |= spread[256 * (k - eight * bits) + (rows[i * width + k] & 255)];
                }
                for (int p = 0; p < bits; p++) {
                    int part = (int) ((ofPlanes >>> (8 * p)) & 255) << (eight % 4 * 8);
                    int[] words = target.word(eight / 4 * bits + p);
                    words[i] = eight % 4 == 0 ? part : words[i] | part;
                }
            }
        }
        target.turnBytes(rows, width);
        long[] weights = weights();
        for (int i = 0; i < Block.CODES; i++) {
            int at = i * width + side;
            target.numbers[0][i] = sum(rows, i * width, weights);
            target.numbers[1][i] = CorrectionTerms.read(rows, at, half);
            target.numbers[2][i] = CorrectionTerms.read(rows, at + CorrectionTerms.bytes(half), half);
        }
    }

    /** By word of 64 bits of a code, then by plane: its bits. */
    private long[] weights() {
        long[] weights = new long[(side() + 7) / 8 * bits];
        for (int b = 0; b < numbers * bits; b++) {
            weights[(b >> 6) * bits + b % bits] |= 1L << b;
        }
        return weights;
    }

    /** The sum of a code's numbers. */
    private int sum(byte[] codes, int at, long[] weights) {
        int sum = 0;
        for (int w = 0; w < weights.length; w++) {
            sum += Long.bitCount(PackedBits.word(codes, at + w / bits * 8, at + side()) & weights[w]) << w % bits;
        }
        return sum;
    }

    @Override
    Query query(float[] z) {
        if (queryBits > 0) {
            return new Rounded(UniformQuery.of(z, queryBits));
        }
        if (bits == 1) {
            return ofBits(z);
        }
        RaBitQCodes room = RaBitQCodes.room(Block.CODES, numbers, bits);
        Distances distances = room.distances(z, queryBits, similarity);
        int width = bytes();
        return new Query() {
            @Override
            public void distances(byte[] codes, int from, int count, float[] target) {
                for (int first = 0; first < count; first += Block.CODES) {
                    int size = Math.min(Block.CODES, count - first);
                    room.read(codes, from + first * width, width, size, half, spread);
                    for (int i = 0; i < size; i++) {
                        target[first + i] = distances.to(i);
                    }
                }
            }
        };
    }

    /** A float32 query of codes of single bits, which are not unpacked. */
    private Query ofBits(float[] z) {
        int width = bytes();
        int side = side();
        float scale = similarity.factor();
        float[] table = BitPlanes.table(z);
        float middle = RaBitQCodes.middle(z, 1);
        return new Query() {
            @Override
            public void distances(byte[] codes, int from, int count, float[] target) {
                for (int i = 0; i < count; i++) {
                    int at = from + i * width;
                    float product = PackedBits.product(codes, at, side, table) - middle;
                    target[i] = estimate(codes, at + side, scale, product);
                }
            }
        };
    }

    /** A rounded query, compared with codes as they lie and with blocks: in the same order of float32 operations. */
    private final class Rounded extends Query {
        private final UniformQuery query;
        private final float middle;
        /** By word of 64 bits of a code, then by weight: the bits whose product with the query's bits has it. */
        private final long[] products;

        private final long[] weights;
        /** By word of 32 numbers, then by plane. */
        private final int[] words;

        private final byte[] halves;
        private final int[] sums = new int[Block.CODES];

        Rounded(UniformQuery query) {
            this.query = query;
            this.middle = RaBitQCodes.middle(query, numbers, bits);
            int ofSide = (side() + 7) / 8;
            int levels = bits + queryBits - 1;
            this.weights = weights();
            this.products = new long[ofSide * levels];
            for (int b = 0; b < numbers * bits; b++) {
                int value = query.numbers().number(0, b / bits);
                for (int q = 0; q < queryBits; q++) {
                    products[(b >> 6) * levels + b % bits + q] |= (value >> q & 1L) << b;
                }
            }
            this.words = WordColumns.of(query.numbers().words(), queryBits, numbers);
            this.halves = inHalves() ? halves() : new byte[0];
        }

        @Override
        public void distances(byte[] codes, int from, int count, float[] target) {
            int width = bytes();
            int side = side();
            float scale = similarity.factor();
            boolean direct = bits == 1 && queryBits == 4;
            for (int i = 0; i < count; i++) {
                int at = from + i * width;
                float product = direct ? PackedBits.product(codes, at, side, query) : product(codes, at, side);
                target[i] = estimate(codes, at + side, scale, product - middle);
            }
        }

        private float product(byte[] codes, int at, int side) {
            int levels = bits + queryBits - 1;
            int product = 0;
            for (int k = 0, w = 0; k < side; k += 8, w++) {
                long word = PackedBits.word(codes, at + k, at + side);
                for (int level = 0; level < levels; level++) {
                    product += Long.bitCount(word & products[w * levels + level]) << level;
                }
            }
            return query.low() * sum(codes, at, weights) + query.step() * product;
        }

        /** For each byte of a code what its lower and its upper four bits add to the sum of products. */
        private byte[] halves() {
            byte[] table = new byte[32 * side() + 64];
            for (int half = 0; half < 2 * side(); half++) {
                for (int value = 1; value < 16; value++) {
                    int bit = 4 * half + Integer.numberOfTrailingZeros(value);
                    int added = bit / bits < numbers ? query.numbers().number(0, bit / bits) << bit % bits : 0;
                    table[16 * half + value] = (byte) (table[16 * half + (value & value - 1)] + added);
                }
            }
            return table;
        }

        @Override
        boolean distances(Block block, float limit, float[] target) {
            if (VectorKernels.FOUND == null || halves.length == 0) {
                WordColumns.products(block::word, bits, words, queryBits, sums);
            } else {
                VectorKernels.FOUND.sumsOfHalves(block.stored(), block.bytesAt(), side(), halves, MOST[bits], sums);
            }
            return estimates(sums, block.numbers[0], block.numbers[1], block.numbers[2], target, limit);
        }

        private boolean estimates(
                int[] products, float[] ones, float[] terms, float[] factors, float[] target, float limit) {
            float low = query.low();
            float step = query.step();
            float less = middle;
            float scale = similarity.factor();
            for (int i = 0; i < Block.CODES; i++) {
                target[i] = terms[i] + scale * factors[i] * (low * ones[i] + step * products[i] - less);
            }
            float least = Float.POSITIVE_INFINITY;
            for (int i = 0; i < Block.CODES; i++) {
                least = Math.min(least, target[i]);
            }
            // Negated, as the least is NaN if one is.
            return !(least > limit);
        }
    }

    private float estimate(byte[] codes, int at, float scale, float product) {
        float term = CorrectionTerms.read(codes, at, half);
        float factor = CorrectionTerms.read(codes, at + CorrectionTerms.bytes(half), half);
        return RaBitQCodes.estimate(term, scale, factor, product);
    }

    @Override
    String fault(byte[] code, int at) {
        String unused = SignScheme.unused(code, at, numbers * bits);
        return unused.isEmpty() ? CorrectionTerms.fault(code, at + side(), 2, half) : unused;
    }

    @Override
    void describe(MessageDigest digest) {
        add(digest, "rabitq", numbers, bits, queryBits, half ? 1 : 0);
        add(digest, center);
    }
}
