package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.parallel.SecondThread;

/**
 * Accelerated gradient with backtracking on the smoothed cost of one bit (Liu et al. 2012, algorithm 1 and equation
 * 13): g(a) = -phi(K a)' S phi(K a) with phi(u) = 2 / (1 + exp(-u)) - 1.
 *
 * <p>Every iterate is a combination of earlier ones and gradients, and so is K times it; a step therefore needs two
 * products with K, one for the gradient and one for K times the gradient, whatever the number of trial steps. The rows are
 * in two halves, one of which a second thread takes where a core is spare; sums over rows are always those of the halves,
 * so that two threads give the same bits as one. Not safe for threads.
 */
final class BitRefinement {
    private final ResidualSimilarity target;
    private final KshOptions options;
    private final SecondThread second;
    private final RefinedRows upper;
    private final RefinedRows lower;
    private final Agreements whole;

    private double[] previous;
    private double[] current;
    private double[] next;
    private final double[] from;
    private final double[] gradient;
    private final double[] gradientOfLower;
    private double cost;
    private double lipschitz;

    /** Takes K, l x m, row-major. */
    BitRefinement(double[] kernel, ResidualSimilarity target, KshOptions options, SecondThread second) {
        int columns = kernel.length / target.size();
        this.target = target;
        this.options = options;
        this.second = second;
        this.upper = new RefinedRows(kernel, columns, target, target.upper());
        this.lower = new RefinedRows(kernel, columns, target, target.lower());
        this.whole = target.agreements();
        this.previous = new double[columns];
        this.current = new double[columns];
        this.next = new double[columns];
        this.from = new double[columns];
        this.gradient = new double[columns];
        this.gradientOfLower = new double[columns];
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
        return current.clone();
    }

    private void restart(double[] start) {
        System.arraycopy(start, 0, current, 0, start.length);
        System.arraycopy(start, 0, previous, 0, start.length);
        second.both(() -> upper.start(start), () -> lower.start(start));
        cost = cost();
        lipschitz = 1;
    }

    /** Minus the quadratic form of the signs that both halves computed last. */
    private double cost() {
        whole.setSum(upper.agreements(), lower.agreements());
        return -target.quadraticForm(whole);
    }

    /**
     * Goes beyond the current point by weight times the last step, and from there to the first trial step that lies under
     * the quadratic bound; false if none does.
     */
    private boolean step(double weight) {
        Vectors.extrapolate(current, previous, weight, from);
        second.both(() -> upper.extrapolate(weight), () -> lower.extrapolate(weight));
        double costFrom = cost();
        double squaredLength = computeGradient();
        requireFinite(costFrom, squaredLength);
        second.both(() -> direct(upper), () -> direct(lower));
        for (int trial = 0; trial <= options.backtrackingSteps(); trial++) {
            double reached = cost();
            // The bound g + gradient.(z - v) + b/2 |z - v|^2 at z = v - gradient / b.
            if (reached <= costFrom - squaredLength / (2 * lipschitz)) {
                accept(reached);
                return true;
            }
            lipschitz *= 2;
            second.both(() -> upper.step(1 / lipschitz), () -> lower.step(1 / lipschitz));
        }
        return false;
    }

    /** Sets the gradient at the point whose signs both halves computed last; its squared length. */
    private double computeGradient() {
        double[] ofGroup = target.ofGroup(whole);
        second.both(
                () -> upper.gradient(ofGroup, whole, gradient), () -> lower.gradient(ofGroup, whole, gradientOfLower));
        Vectors.add(gradient, gradientOfLower, gradient);
        return Vectors.dot(gradient, gradient);
    }

    private void direct(RefinedRows rows) {
        rows.direct(gradient);
        rows.step(1 / lipschitz);
    }

    private void accept(double reached) {
        Vectors.add(from, -1 / lipschitz, gradient, next);
        double[] free = previous;
        previous = current;
        current = next;
        next = free;
        upper.accept();
        lower.accept();
        cost = reached;
    }

    private static void requireFinite(double cost, double squaredLength) {
        if (!Double.isFinite(cost) || !Double.isFinite(squaredLength)) {
            throw new NonFiniteException("the cost of a KSH bit is " + cost + " and its squared gradient "
                    + squaredLength + "; check the features or use a larger ridge");
        }
    }
}
