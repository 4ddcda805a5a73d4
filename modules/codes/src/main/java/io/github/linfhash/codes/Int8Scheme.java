package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Whole numbers within -127..127, and behind them the scale of the vector ({@link Int8Codes}). */
final class Int8Scheme extends CodeScheme {
    private final int width;
    private final Similarity similarity;

    Int8Scheme(int width, Similarity similarity) {
        this.width = width;
        this.similarity = similarity;
    }

    @Override
    int inputs() {
        return width;
    }

    @Override
    int bytes() {
        return width + Float.BYTES;
    }

    @Override
    void encode(float[] x, float[] y, byte[] target, int at) {
        Arrays.fill(target, at, at + width, (byte) 0);
        CorrectionTerms.write(Int8Codes.round(y, target, at), target, at + width, false);
    }

    @Override
    List<Column> columns() {
        return List.of(new Column("codes", "|i1", 1, width), Column.number("scales", false));
    }

    @Override
    Block.Shape blocks() {
        return new Block.Shape(0, 1, 0, bytes());
    }

    @Override
    void turn(byte[] rows, Block target) {
        for (int i = 0; i < Block.CODES; i++) {
            target.numbers[0][i] = term(rows, i * bytes());
        }
    }

    @Override
    Query query(float[] z) {
        byte[] rounded = new byte[width];
        float scale = similarity.factor() * Int8Codes.round(z, rounded, 0);
        return new Query() {
            private final int[] products = new int[Block.CODES];

            @Override
            public void distances(byte[] codes, int from, int count, float[] target) {
                for (int i = 0; i < count; i++) {
                    int at = from + i * bytes();
                    int product = Int8Codes.product(codes, at, rounded, 0, width);
                    target[i] = distance(codes, at, term(codes, at), product);
                }
            }

            @Override
            boolean distances(Block block, float limit, float[] target) {
                if (VectorKernels.FOUND == null) {
                    for (int i = 0; i < Block.CODES; i++) {
                        products[i] = Int8Codes.product(block.rows, i * bytes(), rounded, 0, width);
                    }
                } else {
                    VectorKernels.FOUND.products(block.rows, bytes(), rounded, products);
                }
                for (int i = 0; i < Block.CODES; i++) {
                    target[i] = distance(block.rows, i * bytes(), block.numbers[0][i], products[i]);
                }
                return true;
            }

            private float distance(byte[] codes, int at, float term, int product) {
                return term + scale * CorrectionTerms.read(codes, at + width, false) * product;
            }
        };
    }

    /** The part of the distance to a code that does not depend on the query. */
    private float term(byte[] codes, int at) {
        float scale = CorrectionTerms.read(codes, at + width, false);
        return similarity.byInnerProduct() ? 0 : scale * scale * Int8Codes.product(codes, at, codes, at, width);
    }

    @Override
    String fault(byte[] code, int at) {
        return CorrectionTerms.fault(code, at + width, 1, false);
    }

    @Override
    void describe(MessageDigest digest) {
        add(digest, "int8", width);
    }
}
