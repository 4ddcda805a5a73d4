package io.github.linfhash.baselines.linalg;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.linalg.BlasCheck;
import io.github.linfhash.linalg.BlasCheck.Findings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what the baselines have of Smile with plain loops, before they use it first, as {@link BlasCheck} does with the other operations. */
public final class SmileCheck {
    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-3;
    private static final int ROWS = 157;
    private static final int INNER = 131;

    private final ArithmeticCheck check;

    private SmileCheck(ArithmeticCheck check) {
        this.check = check;
    }

    private static final class Examined {
        // Null while the thread that examines uses the operations.
        static final @Nullable Findings FINDINGS = BlasCheck.examine(new ArithmeticCheck(), SmileCheck::examineAll);
    }

    /** Lists the differences from plain loops in this process, in words; examined once. Empty if there are none. */
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

    static void examineAll(ArithmeticCheck check) {
        SmileCheck smile = new SmileCheck(check);
        smile.products();
        try {
            smile.cholesky();
        } catch (NonFiniteException e) {
            check.failed("Cholesky factor"); // what the exception advises is about data, which is not the reason here
        }
    }

    private void products() {
        double[] a = check.values(ROWS * INNER);
        double[] v = check.values(INNER);
        double[] w = check.values(ROWS);
        double[] expected = ArithmeticCheck.product(a, v, ROWS, INNER, 1);
        check.compare(
                "product of a float64 matrix with a vector",
                expected,
                SmileMatrices.direct(a, INNER).mv(v),
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

    /** W' B W = I for B = A A' + I. */
    private void cholesky() {
        double[] a = check.values(ROWS * INNER);
        double[] b = ArithmeticCheck.product(a, ArithmeticCheck.transpose(a, ROWS, INNER), ROWS, INNER, ROWS);
        double[] identity = new double[ROWS * ROWS];
        for (int i = 0; i < ROWS; i++) {
            identity[i * ROWS + i] = 1;
            b[i * ROWS + i] += 1;
        }
        double[] w = Whitening.of(b, ROWS).transform();
        double[] right = ArithmeticCheck.product(b, w, ROWS, ROWS, ROWS);
        double[] found = ArithmeticCheck.product(ArithmeticCheck.transpose(w, ROWS, ROWS), right, ROWS, ROWS, ROWS);
        check.compare("Cholesky factor", identity, found, DOUBLE_TOLERANCE);
    }
}
