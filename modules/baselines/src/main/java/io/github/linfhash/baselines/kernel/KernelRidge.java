package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.SmileCheck;
import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.GaussianKernel;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.PointDistances;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import java.nio.DoubleBuffer;
import smile.math.blas.Layout;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Kernel ridge regression to C targets at once: f(x) = A k(x) with k_i(x) = exp(-gamma |x - x_i|^2) over the l training
 * rows and A' = (K + lambda I)^-1 Y. Safe for threads.
 */
final class KernelRidge implements Regressor {
    private final FeatureMatrix rows;
    private final double gamma;
    private final int targets;
    private final float[] coefficients;
    private final PointDistances distances;
    private final AffineMap products;

    private KernelRidge(FeatureMatrix rows, double gamma, int targets, float[] coefficients) {
        this.rows = rows;
        this.gamma = gamma;
        this.targets = targets;
        this.coefficients = coefficients;
        this.distances = new PointDistances(rows.toArray(), rows.dimension());
        this.products = AffineMap.of(coefficients, rows.rows(), null, null);
    }

    /**
     * Solves for the coefficients.
     *
     * @param rows l x d
     * @param columns Y, C columns of l values one after another; is overwritten
     * @throws NonFiniteException if the kernel matrix has no Cholesky factor
     */
    static KernelRidge fit(FeatureMatrix rows, double[] columns, double gamma, double lambda) {
        int l = rows.rows();
        PointDistances distances = new PointDistances(rows.toArray(), rows.dimension());
        double[] matrix = new double[Math.multiplyExact(l, l)];
        RowBlocks.ofWidth(l, l).blocks().parallelStream().forEach(block -> {
            float[] part = kernel(distances, gamma, Matrices.rows(rows, block));
            int at = block.from() * l;
            for (int i = 0; i < part.length; i++) {
                matrix[at + i] = part[i];
            }
        });
        for (int i = 0; i < l; i++) {
            matrix[i * l + i] = 1 + lambda;
        }
        solve(matrix, l, columns);
        return new KernelRidge(rows, gamma, columns.length / l, Matrices.toFloats(columns));
    }

    /** The regression that {@link #addTo} saved. */
    static KernelRidge read(StateReader in, int targets) {
        int l = in.rows("rows");
        FeatureMatrix rows = FeatureMatrix.owning(l, in.inputs(), in.floats("rows", l, in.inputs()));
        double gamma = in.number("gamma", Double.MIN_NORMAL, Double.MAX_VALUE);
        return new KernelRidge(rows, gamma, targets, in.floats("coefficients", targets, l));
    }

    @Override
    public ModelState addTo(ModelState state) {
        return state.with("gamma", gamma)
                .with("rows", ModelArray.floats(rows.toArray(), rows.rows(), dimension()))
                .with("coefficients", ModelArray.floats(coefficients, targets, rows.rows()));
    }

    @Override
    public int dimension() {
        return rows.dimension();
    }

    /** The rows, the coefficients and gamma. */
    @Override
    public long parameters() {
        return (long) rows.rows() * (dimension() + targets) + 1;
    }

    @Override
    public float[] of(float[] features) {
        return products.apply(kernel(distances, gamma, features));
    }

    private static float[] kernel(PointDistances distances, double gamma, float[] features) {
        float[] values = distances.of(features);
        GaussianKernel.apply(values, gamma);
        return values;
    }

    /**
     * Solves A X = B in place.
     *
     * @param matrix A, n x n, symmetric; one triangle is read, and overwritten by the factor
     * @param n the order
     * @param columns B, its columns of n values one after another; is overwritten by X
     * @throws NonFiniteException if A is not positive definite to machine precision, or a value is NaN
     */
    static void solve(double[] matrix, int n, double[] columns) {
        SmileCheck.requireSound();
        Matrix system =
                Matrix.of(Layout.COL_MAJOR, n, n, n, DoubleBuffer.wrap(matrix)).uplo(UPLO.LOWER);
        try {
            system.cholesky(true)
                    .solve(Matrix.of(Layout.COL_MAJOR, n, columns.length / n, n, DoubleBuffer.wrap(columns)));
        } catch (ArithmeticException e) {
            throw new NonFiniteException(
                    "a " + n + " x " + n + " system has no Cholesky solution; look for NaN, infinite or huge values"
                            + " in the training features, or use a larger ridge",
                    e);
        }
    }
}
