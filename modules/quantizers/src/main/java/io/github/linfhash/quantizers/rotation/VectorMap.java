package io.github.linfhash.quantizers.rotation;

import io.github.linfhash.core.features.FeatureMatrix;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A map y = W (x - c) from d to N dimensions, applied to vectors before they are quantized; immutable and safe for threads. */
public interface VectorMap extends Serializable {
    /** The dimension N of mapped vectors. */
    int outputs();

    /** Maps n x d vectors to n x N. */
    FeatureMatrix apply(FeatureMatrix vectors);

    /** Returns c, d values, as a new array. */
    float[] center();

    /** Returns W, N x d, row-major, as a new array; null where y is the first N coordinates. */
    float @Nullable [] weights();

    /** The bytes of W and of those values of c that count; a center of zeros takes none. */
    default long bytes() {
        float[] center = center();
        float[] weights = weights();
        int used = weights == null ? outputs() : center.length;
        boolean centered = false;
        for (int j = 0; j < used; j++) {
            centered |= center[j] != 0;
        }
        return (long) Float.BYTES * ((weights == null ? 0 : weights.length) + (centered ? used : 0));
    }
}
