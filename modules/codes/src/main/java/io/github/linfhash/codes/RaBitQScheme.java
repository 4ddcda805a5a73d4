package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.List;

/** RaBitQ's codes behind a rotation: the nearest grid vector of B bits a coordinate, and two numbers beside it ({@link RaBitQCodes}). */
final class RaBitQScheme extends CodeScheme {
    private final int bits;
    private final int queryBits;
    private final boolean half;
    private final float[] center;
    private final int numbers;
    private final VectorSimilarity similarity;
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
    RaBitQScheme(int numbers, int bits, int queryBits, boolean half, float[] center, VectorSimilarity similarity) {
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
    Query query(float[] z) {
        if (bits == 1) {
            return ofBits(z);
        }
        if (queryBits > 0) {
            return new ByBytes(UniformQuery.of(z, queryBits));
        }
        RaBitQCodes room = RaBitQCodes.room(BlockQuery.BLOCK, numbers, bits);
        Distances distances = room.distances(z, queryBits, similarity);
        return new BlockQuery(
                bytes(), (codes, from, count) -> room.read(codes, from, bytes(), count, half, spread), distances);
    }

    /** A query of codes of single bits, which are not unpacked. */
    private Query ofBits(float[] z) {
        int width = bytes();
        int side = side();
        float scale = similarity.factor();
        if (queryBits == 0) {
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
        UniformQuery rounded = UniformQuery.of(z, queryBits);
        float middle = RaBitQCodes.middle(rounded, numbers, 1);
        return new Query() {
            @Override
            public void distances(byte[] codes, int from, int count, float[] target) {
                for (int i = 0; i < count; i++) {
                    int at = from + i * width;
                    float product = PackedBits.product(codes, at, side, rounded) - middle;
                    target[i] = estimate(codes, at + side, scale, product);
                }
            }
        };
    }

    /**
     * A rounded query of codes of several bits, which are not unpacked: sums of products are linear in the bits of a code, so that a table has
     * what each value of each byte adds to them.
     */
    private final class ByBytes extends Query {
        private final UniformQuery query;
        private final float middle;
        /** Of 256 values of each byte, at most 255 x 255. */
        private final char[] products;
        /** The bits of each weight, 2^p of all numbers, word by word. */
        private final long[] weights;

        ByBytes(UniformQuery query) {
            this.query = query;
            this.middle = RaBitQCodes.middle(query, numbers, bits);
            this.products = new char[side() * 256];
            this.weights = new long[(side() + 7) / 8 * bits];
            for (int b = 0; b < numbers * bits; b++) {
                weights[(b >> 6) * bits + b % bits] |= 1L << b;
            }
            int[] values = new int[numbers];
            for (int j = 0; j < numbers; j++) {
                values[j] = query.numbers().number(0, j);
            }
            for (int k = 0; k < side(); k++) {
                for (int value = 1; value < 256; value++) {
                    int bit = 8 * k + Integer.numberOfTrailingZeros(value);
                    int added = bit / bits < numbers ? values[bit / bits] << bit % bits : 0;
                    products[256 * k + value] = (char) (products[256 * k + (value & value - 1)] + added);
                }
            }
        }

        @Override
        public void distances(byte[] codes, int from, int count, float[] target) {
            int width = bytes();
            int side = side();
            float scale = similarity.factor();
            for (int i = 0; i < count; i++) {
                int at = from + i * width;
                int product = 0;
                for (int k = 0; k < side; k++) {
                    product += products[256 * k + (codes[at + k] & 255)];
                }
                float sums = query.low() * sum(codes, at, side) + query.step() * product;
                target[i] = estimate(codes, at + side, scale, sums - middle);
            }
        }

        /** The sum of a code's numbers. */
        private int sum(byte[] codes, int at, int side) {
            int sum = 0;
            for (int k = 0, w = 0; k < side; k += 8) {
                long word = PackedBits.word(codes, at + k, at + side);
                for (int p = 0; p < bits; p++, w++) {
                    sum += Long.bitCount(word & weights[w]) << p;
                }
            }
            return sum;
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
