package io.github.linfhash.codes;

/** The measure by which vectors are near each other, with its arithmetic for one vector. */
public enum Similarity {
    /** The cosine of the angle between two vectors. */
    COSINE,
    /** The inner product. */
    DOT,
    /** The Euclidean distance, which is small for near vectors. */
    EUCLIDEAN;

    /** Whether prepared vectors are ordered by inner product instead of by Euclidean distance. */
    public boolean byInnerProduct() {
        return this == DOT;
    }

    /** The squared norm of a vector, in float64; NaN or infinite if a value is. */
    public static double squaredLength(float[] values, int from, int d) {
        double squares = 0;
        for (int j = from; j < from + d; j++) {
            squares += (double) values[j] * values[j];
        }
        return squares;
    }

    /**
     * Divides a vector by its norm for the cosine, so that the Euclidean distance gives the same order; otherwise leaves it unchanged.
     *
     * @param values d values from {@code from} on, which are replaced
     * @param squaredLength the squared norm, above 0 for the cosine
     */
    public void prepare(float[] values, int from, int d, double squaredLength) {
        if (this != COSINE) {
            return;
        }
        double length = Math.sqrt(squaredLength);
        for (int j = from; j < from + d; j++) {
            values[j] = (float) (values[j] / length);
        }
    }

    /**
     * Returns the part of the distance from a query q to a vector o that depends on o and not on q: |o - c|^2 with a center c, and -(o, c) for the
     * inner product; the rest is a multiple of (o - c, q - c).
     *
     * @param values o, from {@code from} on
     * @param center c, d values
     */
    public float term(float[] values, int from, float[] center) {
        double term = 0;
        for (int j = 0; j < center.length; j++) {
            double value = values[from + j];
            double less = value - center[j];
            term += byInnerProduct() ? -value * center[j] : less * less;
        }
        return (float) term;
    }

    /** The contribution of one coordinate to a distance: -value * query for the inner product, otherwise the squared difference. */
    public float share(float value, float query) {
        float less = value - query;
        return byInnerProduct() ? -value * query : less * less;
    }

    /** Returns the factor of (o - c, q - c) in a distance. */
    public float factor() {
        return byInnerProduct() ? -1 : -2;
    }

    /**
     * The exact distance of two raw vectors, computed in float64: 1 - cosine, the negative inner product, or the squared Euclidean
     * distance. The cosine of a vector of zeros is 0.
     *
     * @throws IndexOutOfBoundsException if b is shorter than a
     */
    public double distance(float[] a, float[] b) {
        double product = 0;
        double squares = 0;
        for (int j = 0; j < a.length; j++) {
            double less = (double) a[j] - b[j];
            product += (double) a[j] * b[j];
            squares += less * less;
        }
        return switch (this) {
            case DOT -> -product;
            case EUCLIDEAN -> squares;
            case COSINE -> {
                double lengths = Math.sqrt(squaredLength(a, 0, a.length) * squaredLength(b, 0, b.length));
                yield lengths == 0 ? 1 : 1 - product / lengths;
            }
        };
    }
}
