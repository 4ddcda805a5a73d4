package io.github.linfhash.data.gist;

/** How far a feature vector is from another. */
final class RelativeError {
    private RelativeError() {}

    /** The L2 norm of the difference over that of the expectation. */
    static double between(float[] found, double[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return found.length == expected.length ? Math.sqrt(difference / norm) : Double.NaN;
    }
}
