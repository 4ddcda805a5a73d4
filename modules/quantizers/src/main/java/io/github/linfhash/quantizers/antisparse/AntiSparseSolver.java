package io.github.linfhash.quantizers.antisparse;

import io.github.linfhash.codes.AffineMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The x of the least maximum norm with D x = y, for many y at once, where the rows of D (d x N) are orthonormal.
 *
 * <p>By Douglas and Rachford's splitting: the step for the maximum norm takes from a vector its projection onto a ball of the 1-norm
 * (Moreau), the step for D x = y is x - D'(D x - y). A solution is known to be good by the dual problem, the greatest (y, v) with |D'v|_1
 * at most 1: the multiplier of the constraint, scaled to it, bounds the optimum from below. Iterations end for a vector where its gap is
 * small; immutable and safe for threads.
 */
public final class AntiSparseSolver {
    private static final int CHECKED_EVERY = 10;

    /** x to D x. */
    private final AffineMap forth;
    /** y to D'y. */
    private final AffineMap back;

    private final int dimension;
    private final int width;
    private final double tolerance;
    private final int iterations;

    /**
     * A solver.
     *
     * @param frame D, d x N, row-major, with orthonormal rows
     * @param dimension d
     * @param tolerance the largest gap, relative to the norm found
     * @param iterations the most iterations
     */
    public AntiSparseSolver(float[] frame, int dimension, double tolerance, int iterations) {
        this.dimension = dimension;
        this.width = frame.length / dimension;
        float[] transposed = new float[frame.length];
        for (int k = 0; k < frame.length; k++) {
            transposed[k % width * dimension + k / width] = frame[k];
        }
        this.forth = AffineMap.of(frame, width, null, null);
        this.back = AffineMap.of(transposed, dimension, null, null);
        this.tolerance = tolerance;
        this.iterations = iterations;
    }

    /** Solutions of several right sides. */
    public static final class Solutions {
        private final float[] x;
        private final float[] norms;
        private final float[] gaps;

        Solutions(float[] x, float[] norms, float[] gaps) {
            this.x = x;
            this.norms = norms;
            this.gaps = gaps;
        }

        private void set(int row, Solutions others, int other) {
            int size = x.length / norms.length;
            System.arraycopy(others.x, other * size, x, row * size, size);
            norms[row] = others.norms[other];
            gaps[row] = others.gaps[other];
        }

        /** The representations, n x N, row-major, as a new array; D x = y up to rounding. */
        public float[] x() {
            return x.clone();
        }

        /** The maximum norm of each. */
        public float[] norms() {
            return norms.clone();
        }

        /** Returns how far each norm is at most above the least one, relative to it. */
        public float[] gaps() {
            return gaps.clone();
        }
    }

    /**
     * Solves for each row of y; a solution does not depend on the other rows.
     *
     * @param y n x d, row-major
     */
    public Solutions solve(float[] y) {
        int n = y.length / dimension;
        Solutions solutions = new Solutions(new float[n * width], new float[n], new float[n]);
        int[] rows = IntStream.range(0, n).toArray();
        float[] sides = y;
        float[] z = spread(y);
        float[] steps = new float[n];
        for (int i = 0; i < n; i++) {
            steps[i] = Math.max(Float.MIN_NORMAL, meanMagnitude(z, i) * (float) Math.sqrt(width));
        }
        float[] thresholds = new float[n];
        for (int iteration = 1; rows.length > 0; iteration++) {
            float[] feasible = feasible(z, sides);
            boolean last = iteration >= iterations;
            if (last || iteration % CHECKED_EVERY == 0) {
                Solutions found = judged(feasible, z, sides, rows.length);
                IntPredicate ends = i -> last || found.gaps[i] <= tolerance;
                for (int i = 0; i < rows.length; i++) {
                    if (ends.test(i)) {
                        solutions.set(rows[i], found, i);
                    }
                }
                int[] left =
                        IntStream.range(0, rows.length).filter(ends.negate()).toArray();
                rows = rowsOf(rows, left);
                sides = rowsOf(sides, left, dimension);
                z = rowsOf(z, left, width);
                feasible = rowsOf(feasible, left, width);
                steps = rowsOf(steps, left, 1);
                thresholds = rowsOf(thresholds, left, 1);
            }
            float[] reflected = new float[z.length];
            for (int k = 0; k < z.length; k++) {
                reflected[k] = 2 * feasible[k] - z[k];
            }
            float[] flattened = flattened(reflected, steps, thresholds, rows.length);
            for (int k = 0; k < z.length; k++) {
                z[k] += flattened[k] - feasible[k];
            }
        }
        return solutions;
    }

    /** Returns D'y of each row. */
    float[] spread(float[] y) {
        return back.apply(y);
    }

    private static int[] rowsOf(int[] values, int[] kept) {
        return IntStream.of(kept).map(i -> values[i]).toArray();
    }

    private static float[] rowsOf(float[] values, int[] kept, int size) {
        float[] rows = new float[kept.length * size];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(values, kept[i] * size, rows, i * size, size);
        }
        return rows;
    }

    private float meanMagnitude(float[] x, int i) {
        double sum = 0;
        for (int j = i * width; j < (i + 1) * width; j++) {
            sum += Math.abs(x[j]);
        }
        return (float) (sum / width);
    }

    /** x - D'(D x - y). */
    private float[] feasible(float[] x, float[] y) {
        float[] missing = forth.apply(x);
        for (int k = 0; k < missing.length; k++) {
            missing[k] -= y[k];
        }
        float[] excess = spread(missing);
        float[] result = new float[x.length];
        for (int k = 0; k < x.length; k++) {
            result[k] = x[k] - excess[k];
        }
        return result;
    }

    /** The step for the maximum norm: values are cut at a threshold t with sum of max(0, |x_j| - t) equal to the step. */
    private float[] flattened(float[] x, float[] steps, float[] thresholds, int n) {
        float[] result = new float[x.length];
        for (int i = 0; i < n; i++) {
            float t = threshold(x, i * width, steps[i], thresholds[i]);
            thresholds[i] = t;
            for (int j = i * width; j < (i + 1) * width; j++) {
                result[j] = Math.max(-t, Math.min(t, x[j]));
            }
        }
        return result;
    }

    /** Newton's method on a convex, decreasing function of t: from the left it does not overshoot, and ends exactly. */
    private float threshold(float[] x, int from, float step, float guess) {
        double t = excess(x, from, guess) > step ? guess : 0;
        if (excess(x, from, 0) <= step) {
            return 0;
        }
        while (true) {
            double sum = 0;
            int above = 0;
            for (int j = from; j < from + width; j++) {
                double magnitude = Math.abs(x[j]);
                if (magnitude > t) {
                    sum += magnitude;
                    above++;
                }
            }
            double next = (sum - step) / Math.max(1, above);
            if (!(next > t * (1 + 1e-7))) {
                return (float) Math.max(t, next);
            }
            t = next;
        }
    }

    private double excess(float[] x, int from, double t) {
        double sum = 0;
        for (int j = from; j < from + width; j++) {
            sum += Math.max(0, Math.abs(x[j]) - t);
        }
        return sum;
    }

    /** Solutions with their gaps; the dual's vector is D (x - z), which the splitting drives to a multiple of the optimal one. */
    private Solutions judged(float[] feasible, float[] z, float[] y, int n) {
        float[] difference = new float[z.length];
        for (int k = 0; k < z.length; k++) {
            difference[k] = feasible[k] - z[k];
        }
        float[] dual = forth.apply(difference);
        float[] norms = new float[n];
        float[] gaps = new float[n];
        for (int i = 0; i < n; i++) {
            double ofDual = 0;
            for (int j = i * width; j < (i + 1) * width; j++) {
                norms[i] = Math.max(norms[i], Math.abs(feasible[j]));
                ofDual += Math.abs(difference[j]);
            }
            double value = 0;
            for (int j = i * dimension; j < (i + 1) * dimension; j++) {
                value += (double) dual[j] * y[j];
            }
            double bound = ofDual == 0 ? 0 : Math.abs(value) / ofDual;
            gaps[i] = norms[i] == 0 ? 0 : (float) ((norms[i] - bound) / norms[i]);
        }
        return new Solutions(feasible, norms, gaps);
    }
}
