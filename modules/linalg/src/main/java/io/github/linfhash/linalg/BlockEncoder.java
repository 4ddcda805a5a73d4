package io.github.linfhash.linalg;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Applies a real-valued function of rows block by block, on all processors; safe for threads.
 *
 * @param dimension d, of the features
 * @param bits N, the number of values that the function gives for a row
 * @param valuesPerRow how many values the function holds for a row while it works; sets the size of a block
 */
public record BlockEncoder(int dimension, int bits, int valuesPerRow) {
    /**
     * Binarizes a real-valued function of rows: bit = 1 where the value is greater than 0.
     *
     * @param features n x d
     * @param function maps k x d values to k x N values, both row-major, for any k
     * @throws IllegalArgumentException if the features have another dimension
     * @throws NonFiniteException if a value is NaN or infinite
     */
    public BinaryCodes encode(FeatureMatrix features, UnaryOperator<float[]> function) {
        requireDimension(features);
        List<byte[]> packed = blocks(features)
                .map(block -> BinaryCodes.ofSigns(block.size(), bits, values(features, block, function))
                        .toBytes());
        int width = (bits + 7) >> 3;
        byte[] bytes = new byte[Math.multiplyExact(features.rows(), width)];
        int at = 0;
        for (byte[] part : packed) {
            System.arraycopy(part, 0, bytes, at, part.length);
            at += part.length;
        }
        return BinaryCodes.ofBytes(features.rows(), bits, bytes);
    }

    /**
     * The values themselves, n x N, row-major.
     *
     * @param features n x d
     * @param function as for {@link #encode}
     * @throws IllegalArgumentException if the features have another dimension
     * @throws NonFiniteException if a value is NaN or infinite
     */
    public float[] values(FeatureMatrix features, UnaryOperator<float[]> function) {
        requireDimension(features);
        float[] values = new float[Math.multiplyExact(features.rows(), bits)];
        blocks(features).blocks().parallelStream().forEach(block -> {
            float[] part = values(features, block, function);
            System.arraycopy(part, 0, values, block.from() * bits, part.length);
        });
        return values;
    }

    private RowBlocks blocks(FeatureMatrix features) {
        return RowBlocks.ofWidth(features.rows(), valuesPerRow);
    }

    private void requireDimension(FeatureMatrix features) {
        if (features.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "the hash function takes features of dimension " + dimension + ", not " + features.dimension());
        }
    }

    private float[] values(FeatureMatrix features, RowBlocks.Block block, UnaryOperator<float[]> function) {
        float[] values = function.apply(Matrices.rows(features, block));
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new NonFiniteException("value " + i % bits + " of row " + (block.from() + i / bits) + " is "
                        + values[i] + "; check the features of that row");
            }
        }
        return values;
    }
}
