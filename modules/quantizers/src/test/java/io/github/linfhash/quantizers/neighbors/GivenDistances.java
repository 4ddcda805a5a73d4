package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.quantizers.Quantizer;

/** Codes whose distances are given. */
final class GivenDistances {
    private final float[][] distances;

    /** For each query the distances to all codes; the caller may go on writing to them. */
    GivenDistances(float[][] distances) {
        this.distances = distances;
    }

    float[][] distances() {
        return distances;
    }

    Quantizer.Encoded codes() {
        return new Quantizer.Encoded(distances[0].length, queries -> estimates());
    }

    Quantizer.Estimates estimates() {
        return new Quantizer.Estimates(distances.length, query -> code -> distances[query][code]);
    }
}
