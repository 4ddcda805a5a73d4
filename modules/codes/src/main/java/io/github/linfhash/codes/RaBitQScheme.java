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
