package io.github.linfhash.baselines.kernel;

import io.github.linfhash.core.method.ModelState;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** A network with tanh layers and softmax outputs by its definition: plain loops in double. */
final class SlowNetwork {
    private static final double STEP = 1e-5;

    private SlowNetwork() {}

    /** The logits of rows, with the weights of a saved network. */
    static double[][] logits(ModelState state, double[][] rows) {
        int layers = (int) Objects.requireNonNull(state.numbers().get("hiddenLayers"))
                        .doubleValue()
                + 1;
        double[][] parameters = new double[2 * layers][];
        for (int k = 1; k <= layers; k++) {
            parameters[2 * k - 2] = values(state, "W" + k);
            parameters[2 * k - 1] = values(state, "b" + k);
        }
        double gain = Objects.requireNonNull(state.numbers().get("gain"));
        return Arrays.stream(rows).map(row -> logits(parameters, gain, row)).toArray(double[][]::new);
    }

    static double[] values(ModelState state, String name) {
        return doubles(Objects.requireNonNull(state.arrays().get(name)).floats());
    }

    static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] logits(double[][] parameters, double gain, double[] row) {
        double[] z =
                IntStream.range(0, row.length).mapToDouble(j -> gain * row[j]).toArray();
        for (int p = 0; p < parameters.length; p += 2) {
            double[] next = parameters[p + 1].clone();
            for (int i = 0; i < next.length; i++) {
                for (int j = 0; j < z.length; j++) {
                    next[i] += parameters[p][i * z.length + j] * z[j];
                }
                next[i] = p + 2 < parameters.length ? Math.tanh(next[i]) : next[i];
            }
            z = next;
        }
        return z;
    }

    /** The mean over rows of -log softmax(f)_c. */
    static double loss(double[][] parameters, double gain, double[][] rows, int[] classes) {
        double loss = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] logits = logits(parameters, gain, rows[i]);
            double sum = Arrays.stream(logits).map(Math::exp).sum();
            loss -= Math.log(Math.exp(logits[classes[i]]) / sum) / rows.length;
        }
        return loss;
    }

    /** Central differences of the loss, parameter by parameter. */
    static double[][] gradient(double[][] parameters, double gain, double[][] rows, int[] classes) {
        double[][] gradient = new double[parameters.length][];
        for (int p = 0; p < parameters.length; p++) {
            gradient[p] = new double[parameters[p].length];
            for (int i = 0; i < gradient[p].length; i++) {
                double value = parameters[p][i];
                parameters[p][i] = value + STEP;
                double above = loss(parameters, gain, rows, classes);
                parameters[p][i] = value - STEP;
                double below = loss(parameters, gain, rows, classes);
                parameters[p][i] = value;
                gradient[p][i] = (above - below) / (2 * STEP);
            }
        }
        return gradient;
    }
}
