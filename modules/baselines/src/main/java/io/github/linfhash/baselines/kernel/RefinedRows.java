package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.FloatDirectMatrix;

/**
 * What the refinement of a bit computes row by row, for one half of the labelled rows: their outputs K a at the points of
 * the iteration, the smooth signs of these, and this half's share of all sums over rows.
 *
 * <p>Products with K are in float32, in which the kernel is computed anyway; outputs are kept in double precision, since
 * the costs of successive steps differ by one part in ten million. All vectors are made once: new ones for each of 500
 * steps would cost as much as the products. Used by one thread at a time.
 */
final class RefinedRows {
    private final FloatDirectMatrix kernel;
    private final ResidualSimilarity.Half target;
    private final Agreements agreements;
    private final double[] ofGradient;
    private final double[] from;
    private final double[] signs;
    private final double[] similar;
    private double[] previous;
    private double[] current;
    private double[] next;

    /** Takes the half's rows of K, l x m, row-major. */
    RefinedRows(double[] kernel, int columns, ResidualSimilarity target, ResidualSimilarity.Half half) {
        int rows = half.to() - half.from();
        this.kernel = new FloatDirectMatrix(kernel, columns, half.from(), half.to());
        this.target = half;
        this.agreements = target.agreements();
        this.ofGradient = new double[rows];
        this.from = new double[rows];
        this.signs = new double[rows];
        this.similar = new double[rows];
        this.previous = new double[rows];
        this.current = new double[rows];
        this.next = new double[rows];
    }

    /** What the signs computed last add to the agreements. */
    Agreements agreements() {
        return agreements;
    }

    /** Begins at a projection; the signs are those of its outputs. */
    void start(double[] a) {
        kernel.times(a, current);
        System.arraycopy(current, 0, previous, 0, current.length);
        sign(current);
    }

    /** Goes on beyond the current point by weight times the last step; the signs are those there. */
    void extrapolate(double weight) {
        Vectors.extrapolate(current, previous, weight, from);
        sign(from);
    }

    /**
     * Sets the gradient of the cost, without its factor 2, as far as these rows make it; m values.
     *
     * @param ofGroup the part of S times the signs that is equal within a group
     * @param whole the agreements of all signs
     */
    void gradient(double[] ofGroup, Agreements whole, double[] result) {
        target.multiply(ofGroup, whole, similar);
        for (int i = 0; i < signs.length; i++) {
            similar[i] *= -(1 - signs[i] * signs[i]);
        }
        kernel.transposedTimes(similar, result);
    }

    /** Takes the gradient of all rows as the direction of steps. */
    void direct(double[] gradient) {
        kernel.times(gradient, ofGradient);
    }

    /** Tries a step against the direction; the signs are those at its end. */
    void step(double length) {
        Vectors.add(from, -length, ofGradient, next);
        sign(next);
    }

    /** The step tried last becomes the current point. */
    void accept() {
        double[] free = previous;
        previous = current;
        current = next;
        next = free;
    }

    private void sign(double[] outputs) {
        SmoothSign.apply(outputs, signs);
        target.agree(signs, agreements);
    }
}
