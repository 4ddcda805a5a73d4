package io.github.linfhash.baselines.graph;

/** Weights of one row to its s nearest anchors, non-negative and of sum 1; safe for threads. */
@FunctionalInterface
interface LocalWeights {
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
