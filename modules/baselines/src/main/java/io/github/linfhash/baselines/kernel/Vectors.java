package io.github.linfhash.baselines.kernel;

/** Products of vectors in a fixed order of summation. */
final class Vectors {
    private Vectors() {}

    /** u.v; four running sums, since one alone would wait for each addition. */
    static double dot(double[] u, double[] v) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < u.length; i += 4) {
            s0 += u[i] * v[i];
            s1 += u[i + 1] * v[i + 1];
            s2 += u[i + 2] * v[i + 2];
            s3 += u[i + 3] * v[i + 3];
        }
        for (; i < u.length; i++) {
            s0 += u[i] * v[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The sum of the entries. */
    static double sum(double[] v) {
        double sum = 0;
        for (double entry : v) {
            sum += entry;
        }
        return sum;
    }

    /** Sets the result to u + v. */
    static void add(double[] u, double[] v, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = u[i] + v[i];
        }
    }

    /** Sets the result to u + weight * v. */
    static void add(double[] u, double weight, double[] v, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = u[i] + weight * v[i];
        }
    }

    /** Sets the result to the point beyond {@code here} by weight times the way from {@code there} to it. */
    static void extrapolate(double[] here, double[] there, double weight, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = here[i] + weight * (here[i] - there[i]);
        }
    }
}
