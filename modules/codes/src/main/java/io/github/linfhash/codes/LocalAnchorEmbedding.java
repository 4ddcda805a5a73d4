package io.github.linfhash.codes;

import java.util.Arrays;

/**
 * Local anchor embedding (Liu, He, Chang, ICML 2010): the weights z on the simplex that minimize |x - U z|^2 / 2 over the
 * s nearest anchors U, with x and the anchors scaled to length 1, by accelerated projected gradient with backtracking.
 */
final class LocalAnchorEmbedding implements AnchorWeights.Rule {
    private static final int ITERATIONS = 20;
    private static final double TOLERANCE = 1e-4;

    private final float[] anchors;
    private final int d;
    private final double[] lengths;

    /** Takes m x d anchors, row-major. */
    LocalAnchorEmbedding(float[] anchors, int d) {
        this.anchors = anchors.clone();
        this.d = d;
        this.lengths = SquaredNorms.of(anchors, anchors.length / d, d);
        for (int j = 0; j < lengths.length; j++) {
            lengths[j] = Math.sqrt(lengths[j]);
        }
    }

    @Override
    public double[] of(double squaredNorm, int[] nearest, double[] squaredDistances) {
        int s = nearest.length;
        double length = Math.sqrt(squaredNorm);
        double[] products = new double[s];
        for (int j = 0; j < s; j++) {
            double anchor = lengths[nearest[j]];
            products[j] = cosine((squaredNorm + anchor * anchor - squaredDistances[j]) / 2, length * anchor);
        }
        return new SimplexProgram(gram(nearest), products).solve(ITERATIONS, TOLERANCE);
    }

    private double[][] gram(int[] nearest) {
        double[][] gram = new double[nearest.length][nearest.length];
        for (int i = 0; i < nearest.length; i++) {
            int u = nearest[i] * d;
            for (int j = 0; j <= i; j++) {
                int v = nearest[j] * d;
                double product = 0;
                for (int k = 0; k < d; k++) {
                    product += (double) anchors[u + k] * anchors[v + k];
                }
                gram[i][j] = cosine(product, lengths[nearest[i]] * lengths[nearest[j]]);
                gram[j][i] = gram[i][j];
            }
        }
        return gram;
    }

    /** A vector of zeros has no direction: it is orthogonal to everything. */
    private static double cosine(double product, double lengths) {
        return lengths > 0 ? product / lengths : 0;
    }

    /** The quadratic program: minimize z'Gz / 2 - b'z over z at least 0 of sum 1. */
    static final class SimplexProgram {
        private final double[][] gram;
        private final double[] linear;

        /** Takes G (s x s, positive semidefinite) and b (s values). */
        SimplexProgram(double[][] gram, double[] linear) {
            this.gram = gram;
            this.linear = linear;
        }

        /**
         * Solves by Nesterov's accelerated projected gradient with backtracking from the simplex' center.
         *
         * @param iterations the most steps
         * @param tolerance stops when a step's sum of absolute changes is no larger
         */
        double[] solve(int iterations, double tolerance) {
            double[] previous = new double[linear.length];
            Arrays.fill(previous, 1.0 / linear.length);
            double[] current = previous;
            double lipschitz = 1;
            double momentum = 0;
            double nextMomentum = 1;
            for (int iteration = 0; iteration < iterations; iteration++) {
                double[] from = beyond(current, previous, (momentum - 1) / nextMomentum);
                double[] gradient = gradient(from);
                double[] to = project(from, gradient, lipschitz);
                while (curvature(to, from) > lipschitz) {
                    lipschitz *= 2;
                    to = project(from, gradient, lipschitz);
                }
                previous = current;
                current = to;
                momentum = nextMomentum;
                nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
                if (distance(current, previous) <= tolerance) {
                    break;
                }
            }
            return current;
        }

        private static double[] beyond(double[] current, double[] previous, double weight) {
            double[] point = new double[current.length];
            for (int j = 0; j < point.length; j++) {
                point[j] = current[j] + weight * (current[j] - previous[j]);
            }
            return point;
        }

        private double[] gradient(double[] z) {
            double[] gradient = new double[z.length];
            for (int i = 0; i < z.length; i++) {
                gradient[i] = -linear[i];
                for (int j = 0; j < z.length; j++) {
                    gradient[i] += gram[i][j] * z[j];
                }
            }
            return gradient;
        }

        private static double[] project(double[] from, double[] gradient, double lipschitz) {
            double[] point = new double[from.length];
            for (int j = 0; j < point.length; j++) {
                point[j] = from[j] - gradient[j] / lipschitz;
            }
            return ontoSimplex(point);
        }

        /** (to - from)' G (to - from) / |to - from|^2; the quadratic bound of the step holds if it is at most its L. */
        private double curvature(double[] to, double[] from) {
            double numerator = 0;
            double denominator = 0;
            for (int i = 0; i < to.length; i++) {
                double step = to[i] - from[i];
                denominator += step * step;
                for (int j = 0; j < to.length; j++) {
                    numerator += step * gram[i][j] * (to[j] - from[j]);
                }
            }
            return denominator > 0 ? numerator / denominator : 0;
        }

        private static double distance(double[] u, double[] v) {
            double sum = 0;
            for (int j = 0; j < u.length; j++) {
                sum += Math.abs(u[j] - v[j]);
            }
            return sum;
        }

        /** The nearest point of the simplex: max(0, p - t) with the t that makes the sum 1, found from the sorted values. */
        static double[] ontoSimplex(double[] point) {
            double[] ascending = point.clone();
            Arrays.sort(ascending);
            double sum = 0;
            double shift = 0;
            for (int kept = 1; kept <= ascending.length; kept++) {
                double value = ascending[ascending.length - kept];
                sum += value;
                if (value - (sum - 1) / kept > 0) {
                    shift = (sum - 1) / kept;
                }
            }
            double[] projected = new double[point.length];
            for (int j = 0; j < point.length; j++) {
                projected[j] = Math.max(0, point[j] - shift);
            }
            return projected;
        }
    }
}
