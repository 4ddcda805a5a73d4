package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.features.FeatureMatrix;

/** How the weights of a row to its nearest anchors are found. */
public enum AnchorWeights {
    /** exp(-d^2 / sigma^2), divided by their sum (Liu et al. 2011, equation 2). */
    GAUSSIAN {
        @Override
        LocalWeights fit(FeatureMatrix anchors, double sigma) {
            return new GaussianWeights(sigma);
        }
    },
    /** The convex combination of the anchors that is nearest to the row, by local anchor embedding (LAE). */
    LAE {
        @Override
        LocalWeights fit(FeatureMatrix anchors, double sigma) {
            return new LocalAnchorEmbedding(anchors);
        }
    };

    /**
     * Prepares the weights for given anchors.
     *
     * @param anchors m x d
     * @param sigma the bandwidth, a distance
     */
    abstract LocalWeights fit(FeatureMatrix anchors, double sigma);
}
