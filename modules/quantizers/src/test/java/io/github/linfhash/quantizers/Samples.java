package io.github.linfhash.quantizers;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.testing.Blobs;

/** Vectors for the tests: clusters, of unit length. */
public final class Samples {
    private Samples() {}

    /** Vectors of a database. */
    public static FeatureMatrix vectors(int rows, int dimension, long seed) {
        return blobs(rows, 1, dimension, seed).train();
    }

    /** Vectors of a database and queries from the same clusters. */
    public static Blobs blobs(int rows, int queries, int dimension, long seed) {
        return Blobs.classes(new Blobs.Sizes(6, dimension, rows, queries), seed);
    }

    /** The squared distance of two rows, in float64. */
    public static double squaredDistance(FeatureMatrix some, int one, FeatureMatrix others, int other) {
        double squares = 0;
        for (int j = 0; j < some.dimension(); j++) {
            double less = (double) some.get(one, j) - others.get(other, j);
            squares += less * less;
        }
        return squares;
    }

    /** The inner product of two rows, in float64. */
    public static double product(FeatureMatrix some, int one, FeatureMatrix others, int other) {
        double sum = 0;
        for (int j = 0; j < some.dimension(); j++) {
            sum += (double) some.get(one, j) * others.get(other, j);
        }
        return sum;
    }
}
