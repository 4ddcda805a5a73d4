package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.encoders.algebra.Matrix;
import java.util.Arrays;

/** Singular values by one-sided Jacobi rotations: slow, accurate, and unlike the power method. */
final class JacobiSingularValues {
    private JacobiSingularValues() {}

    /** The singular values of a matrix, the largest first; one for each row. */
    static double[] of(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            matrix.copyRow(i, rows[i], 0);
        }
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < i; j++) {
                    rotate(rows[i], rows[j]);
                }
            }
        }
        return Arrays.stream(rows)
                .mapToDouble(row -> -Math.sqrt(product(row, row)))
                .sorted()
                .map(s -> -s)
                .toArray();
    }

    private static void rotate(double[] a, double[] b) {
        double ab = product(a, b);
        if (ab == 0) {
            return;
        }
        double angle = 0.5 * Math.atan2(2 * ab, product(a, a) - product(b, b));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int k = 0; k < a.length; k++) {
            double old = a[k];
            a[k] = cos * old + sin * b[k];
            b[k] = cos * b[k] - sin * old;
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
