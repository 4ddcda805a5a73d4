package io.github.linfhash.encoders.dictionary;

/** Vector kernels on slices of flat arrays, summed in a fixed order. */
final class Vectors {
    private Vectors() {}

    /** Sum over i of a[aFrom + i] b[bFrom + i]; four partial sums, so that additions need not wait for each other. */
    static double dot(double[] a, int aFrom, double[] b, int bFrom, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            s0 += a[aFrom + i] * b[bFrom + i];
            s1 += a[aFrom + i + 1] * b[bFrom + i + 1];
            s2 += a[aFrom + i + 2] * b[bFrom + i + 2];
            s3 += a[aFrom + i + 3] * b[bFrom + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[aFrom + i] * b[bFrom + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Adds {@code scale} times vector a, a whole array, to the slice of {@code target} that starts at {@code from}. */
    static void add(double scale, double[] a, double[] target, int from) {
        for (int i = 0; i < a.length; i++) {
            target[from + i] += scale * a[i];
        }
    }

    /** Adds {@code scale} times the slice of a that starts at {@code from} to {@code target}, a whole array. */
    static void addSlice(double scale, double[] a, int from, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += scale * a[from + i];
        }
    }

    static double norm(double[] a, int from, int length) {
        return Math.sqrt(dot(a, from, a, from, length));
    }
}
