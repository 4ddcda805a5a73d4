package io.github.linfhash.encoders.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.HyperbolicTangent;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.Optimizer.Decay;
import io.github.linfhash.encoders.layers.Optimizer.Sgd;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {
    @Test
    void theHyperbolicTangentIsThatOfTheJdkToFloatPrecision() {
        for (int i = -200_000; i <= 200_000; i++) {
            float x = i / 10_000f;
            double exact = Math.tanh(x);
            assertThat((double) HyperbolicTangent.of(x)).isCloseTo(exact, within(6e-7 * Math.abs(exact) + 1e-30));
        }
        assertThat(HyperbolicTangent.of(Float.NaN)).isNaN();
        assertThat(HyperbolicTangent.of(Float.POSITIVE_INFINITY)).isCloseTo(1, within(1e-7f));
        assertThat(HyperbolicTangent.of(-1e-20f)).isEqualTo(-1e-20f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 31})
    void aVectorSumsItsGradientOverAllColumns(int columns) {
        UniformRandomProvider random = new RandomStreams(1).stream("block");
        UnitParameter vector = new UnitParameter("b", 5, 2);
        float[] block = new float[5 * columns];
        double[] sums = new double[5];
        for (int i = 0; i < block.length; i++) {
            block[i] = random.nextFloat();
            sums[i % 5] += block[i];
        }

        vector.accumulate(block);
        vector.descend(0.5);

        for (int i = 0; i < 5; i++) {
            assertThat((double) vector.get(i)).isCloseTo(2 - 0.5 * sums[i], within(1e-5));
        }
        float[] tiled = new float[5 * columns];
        vector.tile(tiled);
        for (int i = 0; i < tiled.length; i++) {
            assertThat(tiled[i]).isEqualTo(vector.get(i % 5));
        }
    }

    @Test
    void aStepWithWeightDecayShrinksTheWeightsAndFollowsTheGradient() {
        Weights weights = new Weights("W", 2, 3);
        weights.assign(new float[] {1, 2, 3, 4, 5, 6});
        FloatMatrix delta = FloatMatrix.zeros(2, 2);
        delta.copyFrom(new float[] {1, 0, 0, 10});
        FloatMatrix in = FloatMatrix.zeros(3, 2);
        in.copyFrom(new float[] {1, 2, 3, 4, 5, 6});

        new Sgd(0.1, new Decay(0.5, 0)).weights(weights, true, 2, delta, in);

        assertThat(weights.toArray())
                .containsExactly(
                        new float[] {0.95f - 0.2f, 1.9f - 8, 2.85f - 0.4f, 3.8f - 10, 4.75f - 0.6f, 5.7f - 12},
                        within(1e-5f));
    }

    /** Products are prepared once for their operands; more of them than are kept, other factors, and other values in between. */
    @Test
    void preparedProductsAreThoseOfTheirFactorsAndOfTheValuesOfToday() {
        FloatMatrix a = FloatMatrix.zeros(1, 1);
        FloatMatrix b = FloatMatrix.zeros(1, 1);
        FloatMatrix product = FloatMatrix.zeros(1, 1);
        float[] value = new float[1];
        for (int round = 0; round < 2; round++) {
            a.copyFrom(new float[] {3 + round});
            b.copyFrom(new float[] {5});
            for (int factor = 1; factor <= 20; factor++) {
                product.setProduct(factor, a, b);
                product.addOuterProduct(2, 1, a, b);
                product.copyTo(value);
                assertThat(value[0]).isEqualTo((3 + round) * 5 * (2 * factor + 1));
                product.setTransposedProduct(b, a);
                product.copyTo(value);
                assertThat(value[0]).isEqualTo((3 + round) * 5);
            }
        }
    }
}
