package io.github.linfhash.core.arithmetic;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Collects where a library of linear algebra gives something else than plain loops do.
 *
 * <p>Such libraries have kernels for each kind of processor, and some releases had kernels that returned wrong numbers
 * without any error. What was trained with them looks like a result. Not safe for threads.
 */
public final class ArithmeticCheck {
    private final UniformRandomProvider random = new RandomStreams(0).stream("arithmetic-check");
    private final List<String> compared = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** So many random values between -1 and 1, exact in float32. */
    public double[] values(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /**
     * The product of two row-major matrices by plain loops.
     *
     * @param a n x k
     * @param b k x m
     * @return n x m
     */
    public static double[] product(double[] a, double[] b, int n, int k, int m) {
        double[] product = new double[n * m];
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < m; j++) {
                    product[i * m + j] += a[i * k + p] * b[p * m + j];
                }
            }
        }
        return product;
    }

    /**
     * The transpose of a row-major matrix.
     *
     * @param a n x m
     * @return m x n
     */
    public static double[] transpose(double[] a, int n, int m) {
        double[] transpose = new double[a.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                transpose[j * n + i] = a[i * m + j];
            }
        }
        return transpose;
    }

    /**
     * Notes a fault if a value is not within the tolerance of the expected one, or is not finite.
     *
     * @param operation what was computed, such as "product of float64 matrices"
     */
    public void compare(String operation, double[] expected, double[] found, double tolerance) {
        compared.add(operation);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - found[i]);
            if (!(difference <= tolerance)) {
                worst = Double.isFinite(difference) ? Math.max(worst, difference) : Double.POSITIVE_INFINITY;
            }
        }
        if (worst > 0) {
            faults.add(String.format(Locale.ROOT, "%s off by %.2g", operation, worst));
        }
    }

    /** Notes an operation that ended without a result. */
    public void failed(String operation) {
        faults.add("no " + operation);
    }

    /** The operations that were compared. */
    public List<String> compared() {
        return List.copyOf(compared);
    }

    /** Returns the faults that were found, in words; empty if there are none. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Refuses to go on with a library that computes wrongly.
     *
     * @param library its name
     * @param faults what was found of it
     * @param advice what to do, an independent clause
     * @throws InputException if anything was found
     */
    public static void requireNone(String library, List<String> faults, String advice) {
        if (!faults.isEmpty()) {
            throw new InputException(library + " on this processor: expected what plain loops give, found "
                    + String.join(", ", faults) + "; " + advice);
        }
    }
}
