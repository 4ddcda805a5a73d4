package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training by products of matrices beside plain loops and finite differences. */
class SoftmaxNetworkTest {
    private static final int CLASSES = 3;
    private static final int UNITS = 5;
    private static final double GAIN = 0.7;
    private static final FeatureMatrix ROWS = Samples.clusters(14, 4, CLASSES, 2);
    private static final int[] OF_ROWS =
            IntStream.range(0, 14).map(i -> i % CLASSES).toArray();
    private static final RandomStreams RANDOM = new RandomStreams(8);

    private static ClassCodes.Options options(int hidden, ClassCodes.Training training) {
        return new ClassCodes.Options(ClassCodes.Classifier.NETWORK, 1, 1, 1, hidden, GAIN, training);
    }

    private static double[][] doubles(float[][] parameters) {
        return Arrays.stream(parameters).map(SlowNetwork::doubles).toArray(double[][]::new);
    }

    private static int[] widths(int hidden) {
        return hidden == 1 ? new int[] {4, UNITS, CLASSES} : new int[] {4, UNITS, UNITS, UNITS, CLASSES};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theGradientIsThatOfFiniteDifferences(int hidden) {
        SoftmaxNetwork.Training training = new SoftmaxNetwork.Training(
                widths(hidden), options(hidden, ClassCodes.Training.DEFAULTS), RANDOM.stream("weights"));
        // Away from the start, where biases are 0.
        for (int step = 0; step < 20; step++) {
            training.loss(ROWS.toArray(), OF_ROWS);
            training.step();
        }
        double[][] parameters = doubles(training.parameters());
        double loss = training.loss(ROWS.toArray(), OF_ROWS);

        assertThat(loss).isCloseTo(SlowNetwork.loss(parameters, GAIN, PlainLoops.rows(ROWS), OF_ROWS), within(1e-5));
        double[][] expected = SlowNetwork.gradient(parameters, GAIN, PlainLoops.rows(ROWS), OF_ROWS);
        double largest = 0;
        for (int p = 0; p < expected.length; p++) {
            for (int i = 0; i < expected[p].length; i++) {
                assertThat((double) training.gradients()[p][i])
                        .as("parameter %d, value %d", p, i)
                        .isCloseTo(expected[p][i], within(2e-6));
                largest = Math.max(largest, Math.abs(expected[p][i]));
            }
        }
        assertThat(largest).isGreaterThan(0.01);
    }

    /** Batches of all rows, so that their order is of no effect; algorithm 1 of Kingma and Ba, 2015, with decoupled decay. */
    @Test
    void aTrainingIsThatOfAdamOnFiniteDifferences() {
        int epochs = 6;
        ClassCodes.Training how = new ClassCodes.Training(epochs, 100, 0.02, 0.5, 3, 0);
        ModelState state = SoftmaxNetwork.fit(ROWS, OF_ROWS, CLASSES, UNITS, options(3, how), RANDOM)
                .addTo(new ModelState("test", 4, UNITS));
        double[][] values = doubles(
                new SoftmaxNetwork.Training(widths(3), options(3, how), RANDOM.stream("network-init")).parameters());
        double[][] means = Arrays.stream(values).map(v -> new double[v.length]).toArray(double[][]::new);
        double[][] squares =
                Arrays.stream(values).map(v -> new double[v.length]).toArray(double[][]::new);
        for (int t = 1; t <= epochs; t++) {
            double[][] gradient = SlowNetwork.gradient(values, GAIN, PlainLoops.rows(ROWS), OF_ROWS);
            for (int p = 0; p < values.length; p++) {
                double decay = p % 2 == 1 ? 0 : p == 0 ? 0.5 : 3;
                for (int i = 0; i < values[p].length; i++) {
                    double g = gradient[p][i];
                    means[p][i] = 0.9 * means[p][i] + 0.1 * g;
                    squares[p][i] = 0.999 * squares[p][i] + 0.001 * g * g;
                    double mean = means[p][i] / (1 - Math.pow(0.9, t));
                    double square = squares[p][i] / (1 - Math.pow(0.999, t));
                    values[p][i] -= 0.02 * (mean / (Math.sqrt(square) + 1e-8) + decay * values[p][i]);
                }
            }
        }
        double[] saved = SlowNetwork.values(state, "W2");
        for (int i = 0; i < saved.length; i++) {
            assertThat(saved[i]).isCloseTo(values[2][i], within(1e-3));
        }
        double[][] logits = SlowNetwork.logits(state, PlainLoops.rows(ROWS));
        assertThat(SlowNetwork.loss(values, GAIN, PlainLoops.rows(ROWS), OF_ROWS))
                .isCloseTo(crossEntropy(logits), within(1e-4));
    }

    private static double crossEntropy(double[][] logits) {
        double loss = 0;
        for (int i = 0; i < logits.length; i++) {
            loss -= logits[i][OF_ROWS[i]]
                    - Math.log(Arrays.stream(logits[i]).map(Math::exp).sum());
        }
        return loss / logits.length;
    }

    /** Batches, their order and dropout matter, each from its own stream. */
    @Test
    void theSeedDecidesAndDropoutAndBatchesAreOfEffect() {
        ClassCodes.Training how = new ClassCodes.Training(4, 5, 0.02, 0, 0, 0.5);
        float[] values = logits(how, RANDOM);
        assertThat(logits(how, RANDOM)).isEqualTo(values);
        assertThat(logits(how, new RandomStreams(9))).isNotEqualTo(values);
        assertThat(logits(new ClassCodes.Training(4, 5, 0.02, 0, 0, 0), RANDOM)).isNotEqualTo(values);
        assertThat(logits(new ClassCodes.Training(4, 14, 0.02, 0, 0, 0.5), RANDOM))
                .isNotEqualTo(values);
    }

    private static float[] logits(ClassCodes.Training how, RandomStreams random) {
        return SoftmaxNetwork.fit(ROWS, OF_ROWS, CLASSES, UNITS, options(1, how), random)
                .of(ROWS.toArray());
    }
}
