package io.github.linfhash.quantizers.rotation;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.linalg.RowProducts;
import io.github.linfhash.quantizers.export.AffineParts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A map y = W (x - c) from d to N dimensions in float32, by products of blocks of rows, or without a product where y is the first N
 * coordinates; immutable and safe for threads.
 */
public final class LinearMap implements VectorMap {
    private final int inputs;
    private final int outputs;
    private final float[] center;
    private final float @Nullable [] weights;

    private LinearMap(float @Nullable [] weights, int outputs, float[] center) {
        this.inputs = center.length;
        this.outputs = outputs;
        this.center = center;
        this.weights = weights;
    }

    /**
     * The map of a matrix and a center.
     *
     * @param rows W, N x d
     * @param center c, d values
     */
    public static LinearMap of(double[][] rows, float[] center) {
        float[] weights = Matrices.toFloats(Matrices.flatten(rows));
        for (float weight : weights) {
            if (!Float.isFinite(weight)) {
                throw new NonFiniteException("a linear map has the weight " + weight);
            }
        }
        return new LinearMap(weights, rows.length, center.clone());
    }

    /** The first N coordinates less those of a center of d values. */
    static LinearMap first(int count, float[] center) {
        return new LinearMap(null, count, center.clone());
    }

    @Override
    public int outputs() {
        return outputs;
    }

    /** The bytes of the arrays of {@link #parts}. */
    public long bytes() {
        return NpyArray.bytes(parts().arrays().values());
    }

    @Override
    public AffineParts parts() {
        return weights == null
                ? AffineParts.first(inputs, Arrays.copyOf(center, outputs))
                : AffineParts.rotated(weights, center);
    }

    @Override
    public FeatureMatrix apply(FeatureMatrix vectors) {
        if (vectors.dimension() != inputs) {
            throw new IllegalArgumentException("expected vectors of dimension " + inputs + ", found " + vectors);
        }
        float[] mapped = new float[Math.multiplyExact(vectors.rows(), outputs)];
        if (weights == null) {
            for (int i = 0; i < mapped.length; i++) {
                int j = i % outputs;
                mapped[i] = vectors.get(i / outputs, j) - center[j];
            }
            return FeatureMatrix.owning(vectors.rows(), outputs, mapped);
        }
        RowProducts ofRows = new RowProducts(weights, outputs, inputs);
        RowBlocks.ofWidth(vectors.rows(), Math.max(inputs, outputs)).blocks().parallelStream()
                .forEach(block -> {
                    float[] rows = Matrices.rows(vectors, block);
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] -= center[i % inputs];
                    }
                    float[] products = new float[block.size() * outputs];
                    ofRows.of(1, rows, products);
                    System.arraycopy(products, 0, mapped, block.from() * outputs, products.length);
                });
        return FeatureMatrix.owning(vectors.rows(), outputs, mapped);
    }
}
