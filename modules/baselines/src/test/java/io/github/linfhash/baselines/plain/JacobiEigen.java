package io.github.linfhash.baselines.plain;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenpairs of a small symmetric matrix by cyclic Jacobi rotations, smallest eigenvalue first. */
public final class JacobiEigen {
    private static final int SWEEPS = 60;

    public final double[] values;
    /** Row k is the eigenvector of value k, its entry of the largest magnitude positive. */
    public final double[][] vectors;

    public JacobiEigen(double[][] symmetric) {
        int n = symmetric.length;
        double[][] a = new double[n][];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i] = symmetric[i].clone();
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> a[k][k]))
                .mapToInt(Integer::intValue)
                .toArray();
        values = new double[n];
        vectors = new double[n][n];
        for (int k = 0; k < n; k++) {
            values[k] = a[order[k]][order[k]];
            for (int i = 0; i < n; i++) {
                vectors[k][i] = v[i][order[k]];
            }
            fixSign(vectors[k]);
        }
    }

    /** Zeroes a[p][q] by a rotation in the plane of p and q. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
            double vp = v[k][p];
            double vq = v[k][q];
            v[k][p] = c * vp - s * vq;
            v[k][q] = s * vp + c * vq;
        }
        for (int k = 0; k < a.length; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
        }
    }

    /** Negates a vector whose entry of the largest magnitude is negative. */
    public static void fixSign(double[] vector) {
        double largest = 0;
        for (double entry : vector) {
            if (Math.abs(entry) > Math.abs(largest)) {
                largest = entry;
            }
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= Math.signum(largest);
        }
    }
}
