package io.github.linfhash.baselines.projection;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Matrices of independent standard normal numbers. */
public final class GaussianMatrix {
    private GaussianMatrix() {}

    /** A new matrix, drawn row after row. */
    public static double[][] draw(int rows, int columns, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = gaussian.sample();
            }
        }
        return matrix;
    }
}
