package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.FloatDirectMatrix;
import io.github.linfhash.codes.NonFiniteException;

/**
 * Accelerated gradient with backtracking on the smoothed cost of one bit of KSH (Liu et al. 2012, algorithm 1 and equation
 * 13): g(a) = -phi(K a)' S phi(K a) with phi(u) = 2 / (1 + exp(-u)) - 1.
 *
 * <p>Every iterate is a combination of earlier ones and gradients, and so is K times it; a step therefore needs two
 * products with K, one for the gradient and one for K times the gradient, whatever the number of trial steps. These
 * products are in float32, in which the kernel is computed anyway; outputs K a are kept in double precision, since
 * the costs of successive steps differ by one part in ten million. All vectors are made once: new ones for each of 500
 * steps would cost as much as the products. Not safe for threads.
 */
final class BitRefinement {
    /** Beyond it phi is 1 or -1 in double precision. */
    private static final double SATURATION = 60;

    private static final double SCALE = -1.0 / (1 << 10);

    private final ResidualSimilarity target;
    private final Ksh.Options options;
    private final FloatDirectMatrix upper;
    private final FloatDirectMatrix lower;
    private final double[] gradientOfLower;
    private final double[] signs;
    private final double[] similar;
    private final Point from;
    private final Point gradient;
    private Point previous;
    private Point current;
    private Point next;
    private ResidualSimilarity.Sums sums;
    private double cost;
    private double lipschitz;

    /** Takes K, l x m, row-major, in halves as {@link ResidualSimilarity#half} cuts the rows. */
    BitRefinement(double[] kernel, ResidualSimilarity target, Ksh.Options options) {
        int rows = target.size();
        int columns = kernel.length / rows;
        this.target = target;
        this.options = options;
        this.upper = new FloatDirectMatrix(kernel, columns, 0, target.half());
        this.lower = new FloatDirectMatrix(kernel, columns, target.half(), rows);
        this.gradientOfLower = new double[columns];
        this.signs = new double[rows];
        this.similar = new double[rows];
        this.from = new Point(columns, rows);
        this.gradient = new Point(columns, rows);
        this.previous = new Point(columns, rows);
        this.current = new Point(columns, rows);
        this.next = new Point(columns, rows);
        this.sums = target.sums(signs);
    }

    /** A vector of m values, and K times it. */
    private static final class Point {
        private final double[] a;
        private final double[] outputs;

        Point(int columns, int rows) {
            a = new double[columns];
            outputs = new double[rows];
        }

        /** Becomes u + weight (v - w). */
        void setBeyond(Point u, double weight, Point v, Point w) {
            combine(u.a, weight, v.a, w.a, a);
            combine(u.outputs, weight, v.outputs, w.outputs, outputs);
        }

        private static void combine(double[] u, double weight, double[] v, double[] w, double[] result) {
            for (int i = 0; i < result.length; i++) {
                result[i] = u[i] + weight * (v[i] - w[i]);
            }
        }

        /** Becomes u + weight v. */
        void setSum(Point u, double weight, Point v) {
            add(u.a, weight, v.a, a);
            add(u.outputs, weight, v.outputs, outputs);
        }

        private static void add(double[] u, double weight, double[] v, double[] result) {
            for (int i = 0; i < result.length; i++) {
                result[i] = u[i] + weight * v[i];
            }
        }
    }

    /**
     * Refines a projection.
     *
     * @param start a0, m values
     * @return the last iterate, whose smoothed cost need not be the lowest
     * @throws NonFiniteException if the cost becomes NaN or infinite
     */
    double[] refine(double[] start) {
        restart(start);
        double momentum = 0;
        double nextMomentum = 1;
        for (int iteration = 0; iteration < options.gradientIterations(); iteration++) {
            double before = cost;
            if (!step((momentum - 1) / nextMomentum)) {
                break;
            }
            momentum = nextMomentum;
            nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            if (Math.abs(cost - before) / target.size() <= options.costTolerance()) {
                break;
            }
        }
        return current.a.clone();
    }

    private void restart(double[] start) {
        System.arraycopy(start, 0, current.a, 0, start.length);
        multiply(current);
        System.arraycopy(current.a, 0, previous.a, 0, start.length);
        System.arraycopy(current.outputs, 0, previous.outputs, 0, signs.length);
        cost = cost(current);
        lipschitz = 1;
    }

    /** The rows are read from the last one on, as the gradient has read them last. */
    private void multiply(Point point) {
        lower.times(point.a, point.outputs);
        upper.times(point.a, point.outputs);
    }

    private double cost(Point point) {
        smoothSigns(point.outputs, signs);
        sums = target.sums(signs);
        return -target.quadraticForm(sums);
    }

    /**
     * Goes beyond the current point by weight times the last step, and from there to the first trial step that lies under
     * the quadratic bound; false if none does.
     */
    private boolean step(double weight) {
        from.setBeyond(current, weight, current, previous);
        double costFrom = cost(from);
        double squaredLength = computeGradient();
        requireFinite(costFrom, squaredLength);
        for (int trial = 0; trial <= options.backtrackingSteps(); trial++) {
            next.setSum(from, -1 / lipschitz, gradient);
            double reached = cost(next);
            // The bound g + gradient.(z - v) + b/2 |z - v|^2 at z = v - gradient / b.
            if (reached <= costFrom - squaredLength / (2 * lipschitz)) {
                Point free = previous;
                previous = current;
                current = next;
                next = free;
                cost = reached;
                return true;
            }
            lipschitz *= 2;
        }
        return false;
    }

    /** Sets the gradient, without its factor 2, at the point whose cost was computed last; its squared length. */
    private double computeGradient() {
        target.multiply(sums, similar);
        for (int i = 0; i < signs.length; i++) {
            similar[i] *= -(1 - signs[i] * signs[i]);
        }
        upper.transposedTimes(similar, gradient.a);
        lower.transposedTimes(similar, gradientOfLower);
        for (int j = 0; j < gradientOfLower.length; j++) {
            gradient.a[j] += gradientOfLower[j];
        }
        multiply(gradient);
        return ResidualSimilarity.dot(gradient.a, gradient.a);
    }

    private static void requireFinite(double cost, double squaredLength) {
        if (!Double.isFinite(cost) || !Double.isFinite(squaredLength)) {
            throw new NonFiniteException("the cost of a KSH bit is " + cost + " and its squared gradient "
                    + squaredLength + "; check the features or use a larger ridge");
        }
    }

    /**
     * Sets each sign to phi of its value (equation 12).
     *
     * <p>The exponential is exp(-u / 1024) by its Taylor series, squared ten times: additions and products alone, which the
     * Java compiler turns into vector instructions, unlike {@link Math#exp}. The error of phi is below 1e-12.
     */
    static void smoothSigns(double[] values, double[] signs) {
        for (int i = 0; i < signs.length; i++) {
            double x = SCALE * Math.max(-SATURATION, Math.min(SATURATION, values[i]));
            double e = 1. / 720 + x * (1. / 5040);
            e = 1. / 24 + x * (1. / 120 + x * e);
            e = 1. / 2 + x * (1. / 6 + x * e);
            e = 1 + x * (1 + x * e);
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            signs[i] = 2 / (1 + e) - 1;
        }
    }
}
