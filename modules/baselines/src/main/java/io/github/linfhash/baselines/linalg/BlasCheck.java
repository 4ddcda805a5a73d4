package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.errors.NonFiniteException;
import java.util.Arrays;
import smile.math.blas.LAPACK;
import smile.math.blas.Layout;
import smile.math.blas.SVDJob;
import smile.math.blas.Transpose;

/**
 * Compares the operations of BLAS and LAPACK that the baselines use with plain loops, or with the equation that their
 * result has to fulfil; some milliseconds.
 *
 * <p>The orders are no multiples of what kernels take at a time, and large enough for the blocked algorithms.
 */
public final class BlasCheck {
    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-3;
    private static final int ROWS = 157;
    private static final int INNER = 131;
    private static final int COLUMNS = 67;

    private final ArithmeticCheck check;

    private BlasCheck(ArithmeticCheck check) {
        this.check = check;
    }

    /** Examines all operations. */
    public static void examine(ArithmeticCheck check) {
        BlasCheck blas = new BlasCheck(check);
        blas.products();
        blas.productsWithVectors();
        double[] symmetric = blas.positiveDefinite();
        blas.attempt("Cholesky factor", () -> blas.cholesky(symmetric));
        blas.attempt("eigenvectors", () -> blas.eigenvectors(symmetric));
        blas.attempt("singular vectors", blas::singularVectors);
    }

    private void products() {
        double[] a = check.values(ROWS * INNER);
        double[] b = check.values(INNER * COLUMNS);
        double[] expected = ArithmeticCheck.product(a, b, ROWS, INNER, COLUMNS);
        double[] turned = ArithmeticCheck.transpose(a, ROWS, INNER);
        check.compare(
                "product of float64 matrices",
                expected,
                Matrices.product(Matrices.view(a, ROWS, INNER), Matrices.view(b, INNER, COLUMNS)),
                DOUBLE_TOLERANCE);
        check.compare(
                "product of a transposed float64 matrix",
                expected,
                Matrices.transposedProduct(Matrices.view(turned, INNER, ROWS), Matrices.view(b, INNER, COLUMNS)),
                DOUBLE_TOLERANCE);
        float[] product = new float[expected.length];
        Matrices.view(Matrices.toFloats(a), ROWS, INNER)
                .mm(
                        Transpose.NO_TRANSPOSE,
                        Transpose.TRANSPOSE,
                        1,
                        Matrices.view(Matrices.toFloats(ArithmeticCheck.transpose(b, INNER, COLUMNS)), COLUMNS, INNER),
                        0,
                        Matrices.view(product, ROWS, COLUMNS));
        check.compare("product of float32 matrices", expected, toDoubles(product), FLOAT_TOLERANCE);
    }

    private void productsWithVectors() {
        double[] a = check.values(ROWS * INNER);
        double[] v = check.values(INNER);
        double[] w = check.values(ROWS);
        double[] expected = ArithmeticCheck.product(a, v, ROWS, INNER, 1);
        check.compare(
                "product of a float64 matrix with a vector",
                expected,
                new DirectMatrix(a, INNER).times(v),
                DOUBLE_TOLERANCE);
        FloatDirectMatrix floats = new FloatDirectMatrix(a, INNER, 0, ROWS);
        double[] times = new double[ROWS];
        floats.times(v, times);
        check.compare("product of a float32 matrix with a vector", expected, times, FLOAT_TOLERANCE);
        double[] transposedTimes = new double[INNER];
        floats.transposedTimes(w, transposedTimes);
        check.compare(
                "product of a transposed float32 matrix with a vector",
                ArithmeticCheck.product(w, a, 1, ROWS, INNER),
                transposedTimes,
                FLOAT_TOLERANCE);
    }

    /** A A' + I, ROWS x ROWS, by plain loops. */
    private double[] positiveDefinite() {
        double[] a = check.values(ROWS * INNER);
        double[] result = ArithmeticCheck.product(a, ArithmeticCheck.transpose(a, ROWS, INNER), ROWS, INNER, ROWS);
        for (int i = 0; i < ROWS; i++) {
            result[i * ROWS + i] += 1;
        }
        return result;
    }

    /** W' B W = I. */
    private void cholesky(double[] b) {
        double[] w = Whitening.of(b, ROWS).transform();
        double[] right = ArithmeticCheck.product(b, w, ROWS, ROWS, ROWS);
        double[] found = ArithmeticCheck.product(ArithmeticCheck.transpose(w, ROWS, ROWS), right, ROWS, ROWS, ROWS);
        check.compare("Cholesky factor", identity(), found, DOUBLE_TOLERANCE);
    }

    /** A V = V L and V'V = I for all pairs; A v = l v for the leading one by itself. */
    private void eigenvectors(double[] a) {
        SymmetricEigen eigen = SymmetricEigen.of(a, ROWS);
        double[] transposed = new double[ROWS * ROWS];
        double[] scaled = new double[ROWS * ROWS];
        for (int k = 0; k < ROWS; k++) {
            System.arraycopy(eigen.vector(k), 0, transposed, k * ROWS, ROWS);
            System.arraycopy(scaled(eigen.vector(k), eigen.value(k)), 0, scaled, k * ROWS, ROWS);
        }
        double tolerance = DOUBLE_TOLERANCE * eigen.value(0);
        double[] found = ArithmeticCheck.product(transposed, a, ROWS, ROWS, ROWS);
        check.compare("eigenvectors", scaled, found, tolerance);
        double[] vectors = ArithmeticCheck.transpose(transposed, ROWS, ROWS);
        check.compare(
                "lengths and angles of eigenvectors",
                identity(),
                ArithmeticCheck.product(transposed, vectors, ROWS, ROWS, ROWS),
                DOUBLE_TOLERANCE);
        double[] leading = SymmetricEigen.leading(a, ROWS);
        check.compare(
                "leading eigenvector",
                scaled(leading, eigen.value(0)),
                ArithmeticCheck.product(a, leading, ROWS, ROWS, 1),
                tolerance);
    }

    private static double[] scaled(double[] vector, double factor) {
        return Arrays.stream(vector).map(entry -> factor * entry).toArray();
    }

    private static double[] identity() {
        double[] identity = new double[ROWS * ROWS];
        for (int i = 0; i < ROWS; i++) {
            identity[i * ROWS + i] = 1;
        }
        return identity;
    }

    /** C = U S V' of a square C; column-major, as LAPACK has it. */
    private void singularVectors() {
        int n = COLUMNS;
        double[] c = check.values(n * n);
        double[] singular = new double[n];
        double[] u = new double[n * n];
        double[] vt = new double[n * n];
        int failed = LAPACK.engine.gesdd(Layout.COL_MAJOR, SVDJob.COMPACT, n, n, c.clone(), n, singular, u, n, vt, n);
        if (failed != 0) {
            check.failed("singular vectors");
            return;
        }
        // Read by rows, U is U' and V' is V, and C is C' = V S U'.
        double[] scaled = vt.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= singular[i % n];
        }
        check.compare("singular vectors", c, ArithmeticCheck.product(scaled, u, n, n, n), DOUBLE_TOLERANCE);
    }

    private void attempt(String operation, Runnable examination) {
        try {
            examination.run();
        } catch (NonFiniteException e) {
            check.failed(operation); // what the exception advises is about data, which is not the reason here
        }
    }

    private static double[] toDoubles(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }
}
