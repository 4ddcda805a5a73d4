package io.github.linfhash.codes;

/** The squared norms that distances need besides products. */
public final class SquaredNorms {
    private SquaredNorms() {}

    /** The squared length of each of n rows of d values. */
    public static double[] of(float[] rows, int n, int d) {
        double[] norms = new double[n];
        for (int i = 0; i < n; i++) {
            norms[i] = Similarity.squaredLength(rows, i * d, d);
        }
        return norms;
    }

    /**
     * Turns products into squared distances, none negative.
     *
     * @param values -2 x.p for each point, from {@code at} on; replaced
     * @param norm |x|^2
     * @param norms |p|^2 of each point
     */
    public static void complete(float[] values, int at, double norm, double[] norms) {
        for (int j = 0; j < norms.length; j++) {
            values[at + j] = (float) Math.max(0, norm + norms[j] + values[at + j]);
        }
    }
}
