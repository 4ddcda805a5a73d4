package io.github.linfhash.baselines.kernel;

import static io.github.linfhash.baselines.plain.PlainLoops.rows;
import static io.github.linfhash.baselines.plain.PlainLoops.squaredDistance;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** KSH in plain loops over dense matrices in double precision, written from the equations apart from the fast one. */
final class SlowKsh {
    private final double[][] anchors;
    private double sigma;
    private final double[] means;
    final List<double[]> projections = new ArrayList<>();
    /** The smoothed cost after each accepted step, a list for each bit, the start's cost first. */
    final List<List<Double>> costs = new ArrayList<>();

    SlowKsh(FeatureMatrix data, FeatureMatrix anchorRows) {
        anchors = rows(anchorRows);
        double[][] x = rows(data);
        for (double[] row : x) {
            for (double[] anchor : anchors) {
                sigma += squaredDistance(row, anchor) / ((double) x.length * anchors.length);
            }
        }
        means = new double[anchors.length];
        for (double[] row : x) {
            for (int j = 0; j < anchors.length; j++) {
                means[j] += Math.exp(-squaredDistance(row, anchors[j]) / (2 * sigma)) / x.length;
            }
        }
    }

    double sigma() {
        return sigma;
    }

    double[][] kernel(FeatureMatrix features) {
        double[][] x = rows(features);
        double[][] k = new double[x.length][anchors.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < anchors.length; j++) {
                k[i][j] = Math.exp(-squaredDistance(x[i], anchors[j]) / (2 * sigma)) - means[j];
            }
        }
        return k;
    }

    void train(FeatureMatrix labeled, Labels labels, int bits, Ksh.Options options) {
        double[][] k = kernel(labeled);
        int l = k.length;
        double[][] s = new double[l][l];
        for (int i = 0; i < l; i++) {
            for (int j = 0; j < l; j++) {
                s[i][j] = labels.similar(i, labels, j) ? bits : -bits;
            }
        }
        for (int t = 0; t < bits; t++) {
            double[] start = spectral(k, s, options.ridge());
            double[] refined = refine(k, s, start, options);
            double[] y0 = signs(times(k, start));
            double[] y1 = signs(times(k, refined));
            boolean accepted = dot(y1, times(s, y1)) > dot(y0, times(s, y0));
            double[] y = accepted ? y1 : y0;
            projections.add(accepted ? refined : start);
            for (int i = 0; i < l; i++) {
                for (int j = 0; j < l; j++) {
                    s[i][j] -= y[i] * y[j];
                }
            }
        }
    }

    private static double[] spectral(double[][] k, double[][] s, double ridge) {
        RealMatrix kernel = new Array2DRowRealMatrix(k);
        RealMatrix gram = kernel.transpose().multiply(kernel);
        int m = k[0].length;
        double mean = gram.getTrace() / m;
        for (int j = 0; j < m; j++) {
            gram.addToEntry(j, j, ridge * mean);
        }
        RealMatrix product =
                kernel.transpose().multiply(new Array2DRowRealMatrix(s)).multiply(kernel);
        RealMatrix inverse = new LUDecomposition(new CholeskyDecomposition(gram, 1e-9, 0).getL())
                .getSolver()
                .getInverse();
        RealMatrix whitened = inverse.multiply(product).multiply(inverse.transpose());
        whitened = whitened.add(whitened.transpose()).scalarMultiply(0.5);
        EigenDecomposition eigen = new EigenDecomposition(whitened);
        int largest = 0;
        for (int j = 1; j < m; j++) {
            if (eigen.getRealEigenvalue(j) > eigen.getRealEigenvalue(largest)) {
                largest = j;
            }
        }
        double[] a = inverse.transpose().operate(eigen.getEigenvector(largest).toArray());
        double scale = Math.sqrt(k.length / dot(a, gram.operate(a)));
        for (int j = 0; j < m; j++) {
            a[j] *= scale;
        }
        return a;
    }

    private double[] refine(double[][] k, double[][] s, double[] start, Ksh.Options options) {
        List<Double> trace = new ArrayList<>();
        costs.add(trace);
        List<Double> delta = new ArrayList<>(List.of(0.0, 1.0));
        double beta = 1;
        double[] previous = start;
        double[] current = start;
        trace.add(cost(k, s, start));
        for (int t = 0; t < options.gradientIterations(); t++) {
            double alpha = (delta.get(t) - 1) / delta.get(t + 1);
            double[] v = new double[start.length];
            for (int j = 0; j < v.length; j++) {
                v[j] = current[j] + alpha * (current[j] - previous[j]);
            }
            double[] gradient = gradient(k, s, v);
            double at = cost(k, s, v);
            boolean accepted = false;
            for (int j = 0; j <= options.backtrackingSteps() && !accepted; j++) {
                double b = Math.pow(2, j) * beta;
                double[] z = new double[v.length];
                double linear = 0;
                double quadratic = 0;
                for (int i = 0; i < v.length; i++) {
                    z[i] = v[i] - gradient[i] / b;
                    linear += gradient[i] * (z[i] - v[i]);
                    quadratic += (z[i] - v[i]) * (z[i] - v[i]);
                }
                double reached = cost(k, s, z);
                if (reached <= at + linear + b / 2 * quadratic) {
                    accepted = true;
                    beta = b;
                    previous = current;
                    current = z;
                    trace.add(reached);
                }
            }
            if (!accepted) {
                break;
            }
            delta.add((1 + Math.sqrt(1 + 4 * delta.get(t + 1) * delta.get(t + 1))) / 2);
            if (Math.abs(trace.get(trace.size() - 1) - trace.get(trace.size() - 2)) / k.length
                    <= options.costTolerance()) {
                break;
            }
        }
        return current;
    }

    static double cost(double[][] k, double[][] s, double[] a) {
        double[] y = smooth(times(k, a));
        return -dot(y, times(s, y));
    }

    /** -2 K' [(S y) o phi'], phi' = e^-u * 2 / (1 + e^-u)^2. */
    static double[] gradient(double[][] k, double[][] s, double[] a) {
        double[] u = times(k, a);
        double[] similar = times(s, smooth(u));
        double[] gradient = new double[a.length];
        for (int i = 0; i < u.length; i++) {
            double slope = 2 * Math.exp(-u[i]) / Math.pow(1 + Math.exp(-u[i]), 2);
            for (int j = 0; j < a.length; j++) {
                gradient[j] -= 2 * k[i][j] * similar[i] * slope;
            }
        }
        return gradient;
    }

    static double[] smooth(double[] u) {
        return IntStream.range(0, u.length)
                .mapToDouble(i -> 2 / (1 + Math.exp(-u[i])) - 1)
                .toArray();
    }

    static double[] signs(double[] u) {
        return IntStream.range(0, u.length).mapToDouble(i -> u[i] > 0 ? 1 : -1).toArray();
    }

    static double[] times(double[][] matrix, double[] v) {
        return IntStream.range(0, matrix.length)
                .mapToDouble(i -> dot(matrix[i], v))
                .toArray();
    }

    static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }
}
