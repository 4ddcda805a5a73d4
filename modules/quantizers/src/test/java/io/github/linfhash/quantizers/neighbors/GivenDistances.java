package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.EncodedVectors;

/** Codes whose distances are given. */
final class GivenDistances implements EncodedVectors, DistanceEstimates {
    private final float[][] distances;

    /** For each query the distances to all codes; the caller may go on writing to them. */
    GivenDistances(float[][] distances) {
        this.distances = distances;
    }

    float[][] distances() {
        return distances;
    }

    @Override
    public int size() {
        return distances[0].length;
    }

    @Override
    public DistanceEstimates estimates(FeatureMatrix queries) {
        return this;
    }

    @Override
    public int queries() {
        return distances.length;
    }

    @Override
    public OfQuery of(int query) {
        return code -> distances[query][code];
    }
}
