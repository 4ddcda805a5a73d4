package io.github.linfhash.quantizers.rotation;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.export.AffineParts;
import java.io.Serializable;

/** What is done to vectors before they are quantized; immutable and safe for threads. */
public interface VectorMap extends Serializable {
    /** The dimension N of what it gives. */
    int outputs();

    /** Maps n x d vectors to n x N. */
    FeatureMatrix apply(FeatureMatrix vectors);

    /** The same map as a matrix and a center. */
    AffineParts parts();
}
