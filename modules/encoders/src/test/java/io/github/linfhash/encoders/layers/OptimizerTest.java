package io.github.linfhash.encoders.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.Optimizer.Adam;
import io.github.linfhash.encoders.layers.Optimizer.Decay;
import io.github.linfhash.encoders.layers.Optimizer.Momentum;
import io.github.linfhash.encoders.layers.Optimizer.Sgd;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Against the published recursions in double precision, on a network of one 2 x 3 matrix and one vector. */
class OptimizerTest {
    private static final double RATE = 0.05;
    private static final Decay DECAY = new Decay(0.4, 0.1);
    private static final float[] START = {0.5f, -1, 2, 0.25f, -0.125f, 1};
    private static final int STEPS = 7;

    /** The optimizers that keep something from step to step. */
    private static final List<Supplier<Optimizer>> GATHERED =
            List.of(() -> new Momentum(RATE, DECAY), () -> new Adam(RATE, DECAY));

    @Test
    void adamFollowsItsAlgorithm() {
        double[] weights = doubles(START);
        double[] mean = new double[6];
        double[] square = new double[6];
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < 6; i++) {
                double g = gradient(t, i);
                mean[i] = 0.9 * mean[i] + 0.1 * g;
                square[i] = 0.999 * square[i] + 0.001 * g * g;
                double direction =
                        mean[i] / (1 - Math.pow(0.9, t)) / (Math.sqrt(square[i] / (1 - Math.pow(0.999, t))) + 1e-8);
                weights[i] = (1 - RATE * 0.4) * weights[i] - RATE * direction;
            }
        }
        assertClose(run(new Adam(RATE, DECAY), true).toArray(), weights);
    }

    /**
     * In the first step both means, corrected, are the gradient g and its square, so that a value moves by rate * g / (|g| + epsilon):
     * by a half of the rate where g is epsilon = 1e-8, and by three quarters where it is three times as much.
     */
    @Test
    void adamsEpsilonIsAddedToTheRoot() {
        UnitParameter vector = new UnitParameter("b", 2, 1);
        vector.accumulate(new float[] {1e-8f, -3e-8f});
        Optimizer adam = new Adam(RATE, Decay.NONE);
        adam.vector(vector);
        adam.finish();

        assertThat(vector.toArray())
                .containsExactly(new float[] {(float) (1 - RATE / 2), (float) (1 + RATE * 3 / 4)}, within(1e-6f));
    }

    @Test
    void momentumFollowsItsRecursion() {
        double[] weights = doubles(START);
        double[] velocity = new double[6];
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < 6; i++) {
                velocity[i] = 0.9 * velocity[i] + gradient(t, i);
                weights[i] = (1 - RATE * 0.1) * weights[i] - RATE * velocity[i];
            }
        }
        assertClose(run(new Momentum(RATE, DECAY), false).toArray(), weights);
    }

    @Test
    void plainDescentTakesTheGradientAlone() {
        double[] weights = doubles(START);
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < 6; i++) {
                weights[i] = (1 - RATE * 0.4) * weights[i] - RATE * gradient(t, i);
            }
        }
        assertClose(run(new Sgd(RATE, DECAY), true).toArray(), weights);
    }

    /** Two uses of the same matrix in a step: the sum of both gradients, one decay. */
    @Test
    void sharedWeightsMoveByTheSumOfTheirGradients() {
        List<Supplier<Optimizer>> kinds =
                List.of(() -> new Sgd(RATE, DECAY), () -> new Momentum(RATE, DECAY), () -> new Adam(RATE, DECAY));
        for (Supplier<Optimizer> kind : kinds) {
            Weights twice = weights();
            Optimizer two = kind.get();
            two.weights(twice, true, 1, column(2, 1), column(3, 1));
            two.weights(twice, true, 1, column(2, 1), column(3, 1));
            two.finish();
            Weights once = weights();
            Optimizer one = kind.get();
            one.weights(once, true, 2, column(2, 1), column(3, 1));
            one.finish();

            assertThat(twice.toArray()).containsExactly(once.toArray(), within(1e-6f));
        }
    }

    @Test
    void vectorsMoveWithoutDecay() {
        UnitParameter vector = new UnitParameter("b", 2, 1);
        vector.accumulate(new float[] {0.5f, -0.25f});
        Optimizer momentum = new Momentum(RATE, new Decay(0.9, 0.9));
        momentum.vector(vector);
        momentum.finish();

        assertThat(vector.toArray()).containsExactly(new float[] {0.975f, 1.0125f}, within(1e-6f));
    }

    @Test
    void whatHasNoGradientStaysWhereItIs() {
        for (Supplier<Optimizer> kind : GATHERED) {
            UnitParameter vector = new UnitParameter("b", 2, 1);
            Optimizer optimizer = kind.get();
            optimizer.vector(vector);
            optimizer.finish();

            assertThat(vector.toArray()).containsExactly(1, 1);
        }
    }

    private static Weights run(Optimizer optimizer, boolean first) {
        Weights weights = weights();
        for (int t = 1; t <= STEPS; t++) {
            step(optimizer, weights, first, t);
        }
        return weights;
    }

    private static void step(Optimizer optimizer, Weights weights, boolean first, int t) {
        optimizer.weights(weights, first, 2, column(2, t), column(3, t));
        optimizer.finish();
    }

    private static Weights weights() {
        Weights weights = new Weights("W1", 2, 3);
        weights.assign(START);
        return weights;
    }

    /** A column whose outer product with another one is the gradient; the sign changes with the step. */
    private static FloatMatrix column(int rows, int t) {
        FloatMatrix column = FloatMatrix.zeros(rows, 1);
        column.copyFrom(Filled.floats(rows, i -> (float) value(i, t)));
        return column;
    }

    private static double value(int i, int t) {
        return (i + 1) * (t % 3 == 0 ? -0.5 : 0.25 * t);
    }

    private static double gradient(int t, int i) {
        return 2 * (float) value(i % 2, t) * (float) value(i / 2, t);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static void assertClose(float[] found, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
        }
    }
}
