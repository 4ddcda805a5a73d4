package io.github.linfhash.codes;

/** How the weights of a vector to its nearest anchors are found. */
public enum AnchorWeights {
    /** exp(-d^2 / sigma^2), divided by their sum (Liu et al. 2011, equation 2); no factor 2, as in the released code. */
    GAUSSIAN {
        @Override
        public Rule fit(float[] anchors, int d, double sigma) {
            return (squaredNorm, nearest, squaredDistances) -> gaussian(squaredDistances, sigma);
        }
    },
    /** The convex combination of the anchors that is nearest to the vector, by local anchor embedding (LAE). */
    LAE {
        @Override
        public Rule fit(float[] anchors, int d, double sigma) {
            return new LocalAnchorEmbedding(anchors, d);
        }
    };

    /**
     * Prepares the weights for given anchors.
     *
     * @param anchors m x d, row-major
     * @param d the dimension
     * @param sigma the bandwidth, a distance greater than 0
     */
    public abstract Rule fit(float[] anchors, int d, double sigma);

    /** Weights of one vector to its s nearest anchors, non-negative and of sum 1; safe for threads. */
    @FunctionalInterface
    public interface Rule {
        /**
         * Finds the weights.
         *
         * @param squaredNorm |x|^2
         * @param nearest the indices of the s nearest anchors, nearest first
         * @param squaredDistances |x - u|^2 for each of them, ascending
         * @return s weights
         */
        double[] of(double squaredNorm, int[] nearest, double[] squaredDistances);
    }

    /** All exponents are taken relative to the nearest anchor's, so that a far vector's weights do not all become 0. */
    private static double[] gaussian(double[] squaredDistances, double sigma) {
        double[] weights = new double[squaredDistances.length];
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            weights[j] = Math.exp((squaredDistances[0] - squaredDistances[j]) / (sigma * sigma));
            sum += weights[j];
        }
        for (int j = 0; j < weights.length; j++) {
            weights[j] /= sum;
        }
        return weights;
    }
}
