package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.linalg.SquaredDistances;
import io.github.linfhash.core.features.FeatureMatrix;

/**
 * Local anchor embedding (Liu, He, Chang, ICML 2010): the weights z on the simplex that minimise |x - U z|^2 / 2 over the
 * s nearest anchors U, with x and the anchors scaled to length 1, by accelerated projected gradient with backtracking.
 */
final class LocalAnchorEmbedding implements LocalWeights {
    private static final int ITERATIONS = 20;
    private static final double TOLERANCE = 1e-4;

    private final FeatureMatrix anchors;
    private final double[] lengths;

    LocalAnchorEmbedding(FeatureMatrix anchors) {
        this.anchors = anchors;
        this.lengths = SquaredDistances.squaredNorms(anchors.toArray(), anchors.rows(), anchors.dimension());
        for (int j = 0; j < lengths.length; j++) {
            lengths[j] = Math.sqrt(lengths[j]);
        }
    }

    @Override
    public double[] of(double squaredNorm, int[] nearest, double[] squaredDistances) {
        int s = nearest.length;
        double length = Math.sqrt(squaredNorm);
        double[] products = new double[s];
        for (int j = 0; j < s; j++) {
            double anchor = lengths[nearest[j]];
            products[j] = cosine((squaredNorm + anchor * anchor - squaredDistances[j]) / 2, length * anchor);
        }
        return new SimplexProgram(gram(nearest), products).solve(ITERATIONS, TOLERANCE);
    }

    private double[][] gram(int[] nearest) {
        int d = anchors.dimension();
        float[] u = new float[d];
        float[] v = new float[d];
        double[][] gram = new double[nearest.length][nearest.length];
        for (int i = 0; i < nearest.length; i++) {
            anchors.copyRow(nearest[i], u);
            for (int j = 0; j <= i; j++) {
                anchors.copyRow(nearest[j], v);
                double product = 0;
                for (int k = 0; k < d; k++) {
                    product += (double) u[k] * v[k];
                }
                gram[i][j] = cosine(product, lengths[nearest[i]] * lengths[nearest[j]]);
                gram[j][i] = gram[i][j];
            }
        }
        return gram;
    }

    /** A row of zeros has no direction: it is orthogonal to everything. */
    private static double cosine(double product, double lengths) {
        return lengths > 0 ? product / lengths : 0;
    }
}
