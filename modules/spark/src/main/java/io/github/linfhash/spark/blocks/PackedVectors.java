package io.github.linfhash.spark.blocks;

import io.github.linfhash.core.features.FeatureMatrix;
import java.io.Serializable;

/** Vectors as they travel between machines. */
public final class PackedVectors implements Serializable {
    private final int rows;
    private final int dimension;
    private final float[] values;

    private PackedVectors(int rows, int dimension, float[] values) {
        this.rows = rows;
        this.dimension = dimension;
        this.values = values;
    }

    public static PackedVectors of(FeatureMatrix vectors) {
        return new PackedVectors(vectors.rows(), vectors.dimension(), vectors.toArray());
    }

    public FeatureMatrix toMatrix() {
        return FeatureMatrix.owning(rows, dimension, values);
    }
}
