package io.github.linfhash.baselines.encoding;

import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.RowBlocks;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Encodes features block by block, on all processors; safe for threads.
 *
 * @param dimension d, of the features
 * @param bits N
 * @param valuesPerRow how many values the function holds for a row while it works; sets the size of a block
 */
public record BlockEncoder(int dimension, int bits, int valuesPerRow) {
    /**
     * Binarises a real-valued function of rows: bit = 1 where the value is greater than 0.
     *
     * @param features n x d
     * @param function maps k x d values to k x N values, both row-major, for any k
     * @throws IllegalArgumentException if the features have another dimension
     * @throws NonFiniteException if a value is NaN or infinite
     */
    public BinaryCodes encode(FeatureMatrix features, UnaryOperator<float[]> function) {
        requireDimension(features);
        RowBlocks blocks = RowBlocks.ofWidth(features.rows(), valuesPerRow);
        List<byte[]> packed = blocks.map(block -> pack(block, function.apply(Matrices.rows(features, block))));
        int width = (bits + 7) >> 3;
        byte[] bytes = new byte[Math.multiplyExact(features.rows(), width)];
        int at = 0;
        for (byte[] part : packed) {
            System.arraycopy(part, 0, bytes, at, part.length);
            at += part.length;
        }
        return BinaryCodes.ofBytes(features.rows(), bits, bytes);
    }

    private void requireDimension(FeatureMatrix features) {
        if (features.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "the hash function takes features of dimension " + dimension + ", not " + features.dimension());
        }
    }

    private byte[] pack(RowBlocks.Block block, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteException("the value for bit " + i % bits + " of row " + (block.from() + i / bits)
                        + " is " + values[i] + "; check the features of that row");
            }
        }
        return BinaryCodes.ofSigns(block.size(), bits, values).toBytes();
    }
}
