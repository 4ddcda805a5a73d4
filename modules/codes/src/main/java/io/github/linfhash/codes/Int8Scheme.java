package io.github.linfhash.codes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Whole numbers within -127..127, and behind them the scale of the vector ({@link Int8Codes}). */
final class Int8Scheme extends CodeScheme {
    private final int width;
    private final VectorSimilarity similarity;

    Int8Scheme(int width, VectorSimilarity similarity) {
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
    Query query(float[] z) {
        Int8Codes room = Int8Codes.room(BlockQuery.BLOCK, width);
        Distances distances = room.distances(z, similarity);
        return new BlockQuery(bytes(), (codes, from, count) -> room.read(codes, from, count, similarity), distances);
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
