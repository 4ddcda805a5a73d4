package io.github.linfhash.linalg;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.arithmetic.NativeLibraries;
import io.github.linfhash.core.errors.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the operations of BLAS and LAPACK that this module has with plain loops, or with the equation that their result has to fulfil; some
 * milliseconds, before the first of them. Without this, numbers of a library that computes wrongly look like results.
 *
 * <p>The orders are no multiples of what kernels take at a time, and large enough for the blocked algorithms.
 */
public final class BlasCheck {
    private static final String NAME = "BLAS";
    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-3;
    private static final int ROWS = 157;
    private static final int INNER = 131;
    private static final int COLUMNS = 67;

    private final ArithmeticCheck check;

    private BlasCheck(ArithmeticCheck check) {
        this.check = check;
    }

    /**
     * The findings of an examination.
     *
     * @param faults what differs from plain loops, in words
     * @param unloaded why the library could not be loaded, or null
     */
    public record Findings(List<String> faults, @Nullable LinkageError unloaded) {
        /**
         * Refuses to go on.
         *
         * @throws InputException if something differs, or the library cannot be loaded
         */
        public void requireSound() {
            if (unloaded != null) {
                throw NativeLibraries.notLoaded(NAME, unloaded);
            }
            ArithmeticCheck.requireNone(
                    NAME, faults, "set OPENBLAS_CORETYPE=Haswell, or another kernel, before the start");
        }
    }

    private static final class Examined {
        // Null while the thread that examines uses the operations.
        static final @Nullable Findings FINDINGS = examine(new ArithmeticCheck(), BlasCheck::examineAll);
    }

    /** Returns the differences from plain loops in this process, in words; looked for once. Empty if there are none. */
    public static List<String> faults() {
        return Objects.requireNonNull(Examined.FINDINGS).faults();
    }

    /**
     * Refuses to go on with a library that computes wrongly.
     *
     * @throws InputException if it does, or cannot be loaded
     */
    public static void requireSound() {
        Findings findings = Examined.FINDINGS;
        if (findings != null) {
            findings.requireSound();
        }
    }

    /** Examines operations with this check. */
    public static Findings examine(ArithmeticCheck check, Consumer<ArithmeticCheck> examination) {
        try {
            examination.accept(check);
            return new Findings(check.faults(), null);
        } catch (LinkageError e) {
            check.failed("library that could be loaded (" + NativeLibraries.reason(e) + ")");
            return new Findings(check.faults(), e);
        }
    }

    static void examineAll(ArithmeticCheck check) {
        BlasCheck blas = new BlasCheck(check);
        blas.products();
        double[] symmetric = blas.positiveDefinite();
        blas.attempt("eigenvectors", () -> blas.eigenvectors(symmetric));
        blas.attempt("singular vectors", blas::rotation);
    }

    private void products() {
        double[] a = check.values(ROWS * INNER);
        double[] b = check.values(INNER * COLUMNS);
        double[] expected = ArithmeticCheck.product(a, b, ROWS, INNER, COLUMNS);
        double[] turned = ArithmeticCheck.transpose(a, ROWS, INNER);
        check.compare(
                "product of float64 matrices",
                expected,
                Matrices.product(a, b, ROWS, INNER, COLUMNS),
                DOUBLE_TOLERANCE);
        check.compare(
                "product of a transposed float64 matrix",
                expected,
                Matrices.transposedProduct(turned, b, INNER, ROWS, COLUMNS),
                DOUBLE_TOLERANCE);
        float[] product = new float[expected.length];
        float[] columns = Matrices.toFloats(ArithmeticCheck.transpose(b, INNER, COLUMNS));
        Matrices.rowProducts(1, Matrices.toFloats(a), columns, ROWS, INNER, COLUMNS, product);
        check.compare("product of float32 matrices", expected, toDoubles(product), FLOAT_TOLERANCE);
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
                identity(ROWS),
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

    private static double[] identity(int n) {
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * n + i] = 1;
        }
        return identity;
    }

    /** The R of the largest trace(C R): R'R = I, and C R is symmetric. */
    private void rotation() {
        int n = COLUMNS;
        double[] c = check.values(n * n);
        double[] r = Procrustes.rotation(c, n);
        double[] turned = ArithmeticCheck.product(c, r, n, n, n);
        check.compare("singular vectors", turned, ArithmeticCheck.transpose(turned, n, n), DOUBLE_TOLERANCE);
        check.compare(
                "lengths and angles of singular vectors",
                identity(n),
                ArithmeticCheck.product(ArithmeticCheck.transpose(r, n, n), r, n, n, n),
                DOUBLE_TOLERANCE);
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
