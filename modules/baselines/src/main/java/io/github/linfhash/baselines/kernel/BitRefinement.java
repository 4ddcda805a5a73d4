package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.FloatDirectMatrix;
import io.github.linfhash.core.errors.NonFiniteException;
import org.jspecify.annotations.Nullable;

/**
 * Accelerated gradient with backtracking on the smoothed cost of one bit (Liu et al. 2012, algorithm 1 and equation
 * 13): g(a) = -phi(K a)' S phi(K a) with phi(u) = 2 / (1 + exp(-u)) - 1.
 *
 * <p>Every iterate is a combination of earlier ones and gradients, and so is K times it; a step therefore needs two
 * products with K, one for the gradient and one for K times the gradient, whatever the number of trial steps. These
 * two are in float32, in which the kernel is computed anyway; outputs and costs are kept in double precision, since the
 * costs of successive steps differ by one part in ten million.
 */
final class BitRefinement {
    private final FloatDirectMatrix kernel;
    private final ResidualSimilarity target;
    private final KshOptions options;

    BitRefinement(FloatDirectMatrix kernel, ResidualSimilarity target, KshOptions options) {
        this.kernel = kernel;
        this.target = target;
        this.options = options;
    }

    /** A projection a (m values) and its outputs K a (l values). */
    private static final class Point {
        private final double[] a;
        private final double[] outputs;

        Point(double[] a, double[] outputs) {
            this.a = a;
            this.outputs = outputs;
        }

        /** This plus weight times the direction from the other to this, in both coordinates. */
        Point beyond(Point other, double weight) {
            return new Point(extrapolate(a, other.a, weight), extrapolate(outputs, other.outputs, weight));
        }

        Point step(Point direction, double length) {
            return new Point(Vectors.plus(a, -length, direction.a), Vectors.plus(outputs, -length, direction.outputs));
        }

        private static double[] extrapolate(double[] here, double[] before, double weight) {
            double[] result = new double[here.length];
            for (int i = 0; i < here.length; i++) {
                result[i] = here[i] + weight * (here[i] - before[i]);
            }
            return result;
        }
    }

    /** What a step found: the new point, its cost, and the Lipschitz estimate that was needed. */
    private record Step(Point point, double cost, double lipschitz) {}

    /**
     * Refines a projection.
     *
     * @param start a0, m values
     * @return the last iterate, whose smoothed cost need not be the lowest
     * @throws NonFiniteException if the cost becomes NaN or infinite
     */
    double[] refine(double[] start) {
        Point previous = new Point(start, kernel.times(start));
        Point current = previous;
        double cost = -target.quadraticForm(SmoothSign.of(current.outputs));
        double lipschitz = 1;
        double momentum = 0;
        double nextMomentum = 1;
        for (int iteration = 0; iteration < options.gradientIterations(); iteration++) {
            Step step = step(current.beyond(previous, (momentum - 1) / nextMomentum), lipschitz);
            if (step == null) {
                break;
            }
            previous = current;
            current = step.point;
            lipschitz = step.lipschitz;
            momentum = nextMomentum;
            nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            double change = Math.abs(step.cost - cost) / target.size();
            cost = step.cost;
            if (change <= options.costTolerance()) {
                break;
            }
        }
        return current.a;
    }

    /** The first trial step that lies under the quadratic bound, or null if none does. */
    private @Nullable Step step(Point from, double lipschitz) {
        double[] signs = SmoothSign.of(from.outputs);
        double[] similar = target.times(signs);
        double cost = -Vectors.dot(signs, similar);
        for (int i = 0; i < signs.length; i++) {
            similar[i] *= -(1 - signs[i] * signs[i]);
        }
        double[] gradient = kernel.transposedTimes(similar);
        double squaredLength = Vectors.dot(gradient, gradient);
        requireFinite(cost, squaredLength);
        Point direction = new Point(gradient, kernel.times(gradient));
        double bound = lipschitz;
        for (int trial = 0; trial <= options.backtrackingSteps(); trial++) {
            Point to = from.step(direction, 1 / bound);
            double reached = -target.quadraticForm(SmoothSign.of(to.outputs));
            // The bound g + gradient.(z - v) + b/2 |z - v|^2 at z = v - gradient / b.
            if (reached <= cost - squaredLength / (2 * bound)) {
                return new Step(to, reached, bound);
            }
            bound *= 2;
        }
        return null;
    }

    private static void requireFinite(double cost, double squaredLength) {
        if (!Double.isFinite(cost) || !Double.isFinite(squaredLength)) {
            throw new NonFiniteException("the cost of a KSH bit is " + cost + " and its squared gradient "
                    + squaredLength + "; check the features or use a larger ridge");
        }
    }
}
