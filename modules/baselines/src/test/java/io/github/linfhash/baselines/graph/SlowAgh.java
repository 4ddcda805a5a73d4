package io.github.linfhash.baselines.graph;

import static io.github.linfhash.baselines.plain.PlainLoops.rows;
import static io.github.linfhash.baselines.plain.PlainLoops.squaredDistance;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** AGH with Gaussian weights in plain loops over dense matrices, written from the equations apart from the fast one. */
final class SlowAgh {
    private final double[][] anchors;
    private final int s;
    private double sigma;
    final double[][] z;
    final double[] lambda;

    SlowAgh(FeatureMatrix data, FeatureMatrix anchorRows, int s) {
        this.anchors = rows(anchorRows);
        this.s = s;
        for (double[] x : rows(data)) {
            double[] distances = Arrays.stream(anchors)
                    .mapToDouble(u -> squaredDistance(x, u))
                    .sorted()
                    .toArray();
            sigma += Math.sqrt(distances[s - 1]) / data.rows();
        }
        z = weights(data);
        lambda = new double[anchors.length];
        for (double[] row : z) {
            for (int j = 0; j < lambda.length; j++) {
                lambda[j] += row[j];
            }
        }
    }

    double[][] weights(FeatureMatrix features) {
        double[][] weights = new double[features.rows()][anchors.length];
        double[][] x = rows(features);
        for (int i = 0; i < weights.length; i++) {
            double[] row = x[i];
            int[] order = IntStream.range(0, anchors.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(j -> squaredDistance(row, anchors[j])))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double sum = 0;
            for (int k = 0; k < s; k++) {
                weights[i][order[k]] = Math.exp(-squaredDistance(row, anchors[order[k]]) / (sigma * sigma));
                sum += weights[i][order[k]];
            }
            for (int j = 0; j < anchors.length; j++) {
                weights[i][j] /= sum;
            }
        }
        return weights;
    }

    /** The functions as m x count coefficients of Z. */
    double[][] embedding(int count) {
        int m = anchors.length;
        double[][] matrix = new double[m][m];
        for (double[] row : z) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    matrix[i][j] += row[i] * row[j] / Math.sqrt(lambda[i] * lambda[j]);
                }
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix));
        int[] order = IntStream.range(0, m)
                .filter(k -> eigen.getRealEigenvalue(k) > 1e-9 && eigen.getRealEigenvalue(k) < 0.999)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -eigen.getRealEigenvalue(k)))
                .mapToInt(Integer::intValue)
                .toArray();
        double[][] w = new double[m][count];
        for (int k = 0; k < count; k++) {
            double[] v = eigen.getEigenvector(order[k]).toArray();
            for (int j = 0; j < m; j++) {
                w[j][k] = Math.sqrt(z.length / (lambda[j] * eigen.getRealEigenvalue(order[k]))) * v[j];
            }
        }
        return w;
    }

    static double[] column(double[][] z, double[][] w, int k) {
        double[] y = new double[z.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < w.length; j++) {
                y[i] += z[i][j] * w[j][k];
            }
        }
        return y;
    }

    /**
     * The thresholds (b+, b-) that minimize g'(I - Z Lambda^-1 Z')g subject to 1'g = 0: along the line of the constraint
     * the cost is a parabola, whose vertex follows from three values.
     */
    double[] thresholds(double[] y) {
        double[] cost = new double[3];
        for (int at = -1; at <= 1; at++) {
            cost[at + 1] = smoothness(split(y, at, balanced(y, at)));
        }
        double vertex = (cost[0] - cost[2]) / (2 * (cost[0] - 2 * cost[1] + cost[2]));
        return new double[] {vertex, balanced(y, vertex)};
    }

    /** The b- that makes the sum of g zero for a given b+. */
    private static double balanced(double[] y, double above) {
        double sum = 0;
        int others = 0;
        for (double value : y) {
            sum += value > 0 ? value - above : -value;
            others += value > 0 ? 0 : 1;
        }
        return -sum / others;
    }

    static double[] split(double[] y, double above, double below) {
        return IntStream.range(0, y.length)
                .mapToDouble(i -> y[i] > 0 ? y[i] - above : -y[i] + below)
                .toArray();
    }

    private double smoothness(double[] g) {
        double sum = 0;
        for (int i = 0; i < g.length; i++) {
            for (int other = 0; other < g.length; other++) {
                double adjacency = 0;
                for (int j = 0; j < lambda.length; j++) {
                    adjacency += z[i][j] * z[other][j] / lambda[j];
                }
                sum += g[i] * ((i == other ? 1 : 0) - adjacency) * g[other];
            }
        }
        return sum;
    }
}
