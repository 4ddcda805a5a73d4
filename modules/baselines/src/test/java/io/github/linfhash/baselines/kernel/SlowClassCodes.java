package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.plain.PlainLoops;
import java.util.Arrays;

/** The scores of class codes by their definition: plain loops in double, and Gauss elimination instead of a factor. */
final class SlowClassCodes {
    private SlowClassCodes() {}

    /**
     * The values of the regression for some rows.
     *
     * @param training l x d
     * @param labels l x C, 0 and 1
     * @param rows n x d
     */
    static double[][] regression(double[][] training, double[][] labels, double[][] rows, double gamma, double lambda) {
        return regression(kernels(training, training, gamma), kernels(rows, training, gamma), labels, lambda);
    }

    private static double[][] kernels(double[][] rows, double[][] training, double gamma) {
        return Arrays.stream(rows).map(row -> kernel(row, training, gamma)).toArray(double[][]::new);
    }

    /**
     * Returns the values of the regression for some rows whose kernels are given.
     *
     * @param gram l x l
     * @param cross n x l
     */
    static double[][] regression(double[][] gram, double[][] cross, double[][] labels, double lambda) {
        int l = gram.length;
        double[] means = PlainLoops.mean(labels);
        double[][] system = new double[l][];
        for (int i = 0; i < l; i++) {
            double[] centered = PlainLoops.minus(labels[i], means);
            system[i] = Arrays.copyOf(gram[i], l + centered.length);
            system[i][i] += lambda;
            System.arraycopy(centered, 0, system[i], l, centered.length);
        }
        double[][] coefficients = eliminate(system);
        double[][] values = new double[cross.length][means.length];
        for (int n = 0; n < cross.length; n++) {
            double[] kernel = cross[n];
            for (int i = 0; i < l; i++) {
                for (int c = 0; c < means.length; c++) {
                    values[n][c] += kernel[i] * coefficients[i][c];
                }
            }
        }
        return values;
    }

    private static double[] kernel(double[] row, double[][] training, double gamma) {
        return Arrays.stream(training)
                .mapToDouble(other -> Math.exp(-gamma * PlainLoops.squaredDistance(row, other)))
                .toArray();
    }

    /** The right columns of [A B] after A has become the identity: A^-1 B. */
    private static double[][] eliminate(double[][] system) {
        int l = system.length;
        for (int k = 0; k < l; k++) {
            double pivot = system[k][k];
            for (int j = 0; j < system[k].length; j++) {
                system[k][j] /= pivot;
            }
            for (int i = 0; i < l; i++) {
                double factor = system[i][k];
                for (int j = 0; i != k && j < system[i].length; j++) {
                    system[i][j] -= factor * system[k][j];
                }
            }
        }
        return Arrays.stream(system)
                .map(row -> Arrays.copyOfRange(row, l, row.length))
                .toArray(double[][]::new);
    }

    /** softmax((f + means) / temperature) - means, by its definition. */
    static double[][] softmax(double[][] values, double[] means, double temperature) {
        return Arrays.stream(values)
                .map(row -> {
                    double[] scores = new double[row.length];
                    double sum = 0;
                    for (int c = 0; c < scores.length; c++) {
                        scores[c] = Math.exp((row[c] + means[c]) / temperature);
                        sum += scores[c];
                    }
                    for (int c = 0; c < scores.length; c++) {
                        scores[c] = scores[c] / sum - means[c];
                    }
                    return scores;
                })
                .toArray(double[][]::new);
    }
}
