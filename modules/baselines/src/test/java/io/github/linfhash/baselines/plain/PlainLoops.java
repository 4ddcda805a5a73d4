package io.github.linfhash.baselines.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.baselines.pairs.LabeledPairs;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Definitions that several slow versions share, in plain loops. */
public final class PlainLoops {
    private PlainLoops() {}

    /** The rows as doubles. */
    public static double[][] rows(FeatureMatrix features) {
        double[][] rows = new double[features.rows()][features.dimension()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = features.get(i, j);
            }
        }
        return rows;
    }

    public static double squaredDistance(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += (u[i] - v[i]) * (u[i] - v[i]);
        }
        return sum;
    }

    public static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        return mean;
    }

    /** The rows less their mean. */
    public static double[][] centered(double[][] rows) {
        double[] mean = mean(rows);
        double[][] centered = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            centered[i] = minus(rows[i], mean);
        }
        return centered;
    }

    /** The eigenvectors of the covariance of the rows, largest variance first. */
    public static double[][] principalComponents(double[][] rows, int count) {
        double[][] covariance = new double[rows[0].length][rows[0].length];
        for (double[] row : centered(rows)) {
            addOuter(covariance, row, row, 1.0 / rows.length);
        }
        JacobiEigen eigen = new JacobiEigen(covariance);
        double[][] components = new double[count][];
        for (int k = 0; k < count; k++) {
            components[k] = eigen.vectors[covariance.length - 1 - k];
        }
        return components;
    }

    /** Adds weight u v^T. */
    public static void addOuter(double[][] sum, double[] u, double[] v, double weight) {
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < v.length; j++) {
                sum[i][j] += weight * u[i] * v[j];
            }
        }
    }

    public static double[] minus(double[] u, double[] v) {
        return IntStream.range(0, u.length).mapToDouble(i -> u[i] - v[i]).toArray();
    }

    public static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }

    /** A B^T: entry (i, k) is the product of row i of A and row k of B. */
    public static double[][] timesTransposed(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                product[i][k] = dot(a[i], b[k]);
            }
        }
        return product;
    }

    public static double[][] transpose(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    /** The sum of the gains of the pairs that have exactly one end above the threshold. */
    public static double gain(double[] values, double threshold, LabeledPairs pairs, double[] gains) {
        double gain = 0;
        for (int pair = 0; pair < pairs.size(); pair++) {
            if (values[pairs.first(pair)] > threshold != values[pairs.second(pair)] > threshold) {
                gain += gains[pair];
            }
        }
        return gain;
    }

    /** The best of the midpoints between neighboring values, by trying each on each pair; the smallest of equals. */
    public static double bestThreshold(double[] values, LabeledPairs pairs, double[] gains) {
        double[] sorted = Arrays.stream(values).sorted().distinct().toArray();
        double best = Double.NaN;
        double bestGain = Double.NEGATIVE_INFINITY;
        for (int cut = 0; cut + 1 < sorted.length; cut++) {
            double threshold = (sorted[cut] + sorted[cut + 1]) / 2;
            double gain = gain(values, threshold, pairs, gains);
            if (gain > bestGain + 1e-12) {
                bestGain = gain;
                best = threshold;
            }
        }
        return best;
    }

    /** Asserts that bit b of the codes is, over all rows, the sign of column b of the values or its complement. */
    public static void assertSignsUpToComplement(BinaryCodes codes, double[][] values) {
        assertThat(codes.size()).isEqualTo(values.length);
        for (int b = 0; b < codes.bits(); b++) {
            int equal = 0;
            for (int i = 0; i < values.length; i++) {
                equal += codes.bit(i, b) == values[i][b] > 0 ? 1 : 0;
            }
            assertThat(equal).as("rows that agree in bit " + b).isIn(0, values.length);
        }
    }
}
