package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.HalvedMatrix;
import io.github.linfhash.core.errors.NonFiniteException;

/**
 * Accelerated gradient with backtracking on the smoothed cost of one bit (Liu et al. 2012, algorithm 1 and equation
 * 13): g(a) = -phi(K a)' S phi(K a) with phi(u) = 2 / (1 + exp(-u)) - 1.
 *
 * <p>Every iterate is a combination of earlier ones and gradients, and so is K times it; a step therefore needs two
 * products with K, one for the gradient and one for K times the gradient, whatever the number of trial steps. These
 * two are in float32, in which the kernel is computed anyway; outputs and costs are kept in double precision, since the
 * costs of successive steps differ by one part in ten million. All vectors are made once: new ones for each of 500 steps
 * would cost as much as the products. Not safe for threads.
 */
final class BitRefinement {
    private final HalvedMatrix kernel;
    private final ResidualSimilarity target;
    private final KshOptions options;

    private Point previous;
    private Point current;
    private Point next;
    private final Point from;
    private final Point gradient;
    private final double[] signs;
    private final double[] similar;
    private double cost;
    private double lipschitz;

    /** Takes K, l x m. */
    BitRefinement(HalvedMatrix kernel, ResidualSimilarity target, KshOptions options) {
        this.kernel = kernel;
        this.target = target;
        this.options = options;
        int m = kernel.columns();
        int l = target.size();
        this.previous = new Point(m, l);
        this.current = new Point(m, l);
        this.from = new Point(m, l);
        this.next = new Point(m, l);
        this.gradient = new Point(m, l);
        this.signs = new double[l];
        this.similar = new double[l];
    }

    /** A projection a (m values) and its outputs K a (l values), overwritten again and again. */
    private static final class Point {
        private final double[] a;
        private final double[] outputs;

        Point(int m, int l) {
            a = new double[m];
            outputs = new double[l];
        }

        void set(Point other) {
            System.arraycopy(other.a, 0, a, 0, a.length);
            System.arraycopy(other.outputs, 0, outputs, 0, outputs.length);
        }

        /** Becomes here plus weight times the direction from the other to it. */
        void setBeyond(Point here, Point other, double weight) {
            extrapolate(here.a, other.a, weight, a);
            extrapolate(here.outputs, other.outputs, weight, outputs);
        }

        /** Becomes the point that is a step against the direction away. */
        void setStep(Point from, Point direction, double length) {
            add(from.a, -length, direction.a, a);
            add(from.outputs, -length, direction.outputs, outputs);
        }

        private static void extrapolate(double[] here, double[] other, double weight, double[] result) {
            for (int i = 0; i < result.length; i++) {
                result[i] = here[i] + weight * (here[i] - other[i]);
            }
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
            from.setBeyond(current, previous, (momentum - 1) / nextMomentum);
            double before = cost;
            if (!step()) {
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
        kernel.times(start, current.outputs);
        previous.set(current);
        SmoothSign.apply(current.outputs, signs);
        cost = -target.quadraticForm(signs);
        lipschitz = 1;
    }

    /** Goes from {@code from} to the first trial step that lies under the quadratic bound; false if none does. */
    private boolean step() {
        SmoothSign.apply(from.outputs, signs);
        target.times(signs, similar);
        double costFrom = -Vectors.dot(signs, similar);
        for (int i = 0; i < signs.length; i++) {
            similar[i] *= -(1 - signs[i] * signs[i]);
        }
        kernel.transposedTimes(similar, gradient.a);
        double squaredLength = Vectors.dot(gradient.a, gradient.a);
        requireFinite(costFrom, squaredLength);
        kernel.times(gradient.a, gradient.outputs);
        for (int trial = 0; trial <= options.backtrackingSteps(); trial++) {
            next.setStep(from, gradient, 1 / lipschitz);
            SmoothSign.apply(next.outputs, signs);
            double reached = -target.quadraticForm(signs);
            // The bound g + gradient.(z - v) + b/2 |z - v|^2 at z = v - gradient / b.
            if (reached <= costFrom - squaredLength / (2 * lipschitz)) {
                accept(reached);
                return true;
            }
            lipschitz *= 2;
        }
        return false;
    }

    private void accept(double reached) {
        Point free = previous;
        previous = current;
        current = next;
        next = free;
        cost = reached;
    }

    private static void requireFinite(double cost, double squaredLength) {
        if (!Double.isFinite(cost) || !Double.isFinite(squaredLength)) {
            throw new NonFiniteException("the cost of a KSH bit is " + cost + " and its squared gradient "
                    + squaredLength + "; check the features or use a larger ridge");
        }
    }
}
