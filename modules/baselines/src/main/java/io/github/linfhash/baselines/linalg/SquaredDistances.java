package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.features.FeatureMatrix;
import smile.math.blas.Transpose;
import smile.math.matrix.FloatMatrix;

/** Squared Euclidean distances to m fixed points: |x|^2 + |p|^2 - 2 x.p, the products by GEMM; safe for threads. */
public final class SquaredDistances {
    private final FeatureMatrix points;
    private final float[] values;
    private final double[] squaredNorms;

    /** Distances to the rows of {@code points}, m x d. */
    public SquaredDistances(FeatureMatrix points) {
        this.points = points;
        this.values = points.toArray();
        this.squaredNorms = squaredNorms(values, points.rows(), points.dimension());
    }

    /** The number of points m. */
    public int points() {
        return points.rows();
    }

    /** The squared length of each of n rows of d values. */
    public static double[] squaredNorms(float[] rows, int n, int d) {
        double[] norms = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = i * d; j < (i + 1) * d; j++) {
                norms[i] += (double) rows[j] * rows[j];
            }
        }
        return norms;
    }

    /**
     * The squared distances of each row to each point.
     *
     * @param rows n x d, row-major
     * @return n x m, row-major, none negative
     */
    public float[] of(float[] rows) {
        int d = points.dimension();
        int m = points.rows();
        int n = rows.length / d;
        double[] rowNorms = squaredNorms(rows, n, d);
        float[] distances = new float[Math.multiplyExact(n, m)];
        FloatMatrix target = Matrices.view(distances, n, m);
        Matrices.view(rows, n, d)
                .mm(Transpose.NO_TRANSPOSE, Transpose.TRANSPOSE, -2, Matrices.view(values, m, d), 0, target);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                int at = i * m + j;
                distances[at] = (float) Math.max(0, rowNorms[i] + squaredNorms[j] + distances[at]);
            }
        }
        return distances;
    }
}
