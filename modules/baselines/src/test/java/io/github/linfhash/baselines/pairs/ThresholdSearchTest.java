package io.github.linfhash.baselines.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.pairs.ThresholdSearch.Threshold;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.random.RandomStreams;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdSearchTest {
    private static final LabeledPairs FOUR = LabeledPairs.of(new int[] {0, 2, 1, 0}, new int[] {1, 3, 2, 3});

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSweepFindsWhatTryingEveryMidpointOnEveryPairFinds(int seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("case");
        int rows = 2 + random.nextInt(30);
        float[] values = new float[rows];
        double[] asDoubles = new double[rows];
        for (int i = 0; i < rows; i++) {
            // A coarse grid in every second case, so that values tie.
            values[i] = seed % 2 == 0 ? random.nextInt(8) - 4 : random.nextFloat();
            asDoubles[i] = values[i];
        }
        values[0] = asDoubles[1] == values[0] ? values[0] + 1 : values[0];
        asDoubles[0] = values[0];
        LabeledPairs pairs = randomPairs(rows, random);
        double[] gains = pairs.gains();

        Threshold found = ThresholdSearch.best(values, pairs, gains).orElseThrow();

        double byTrying = PlainLoops.bestThreshold(asDoubles, pairs, gains);
        double bestGain = PlainLoops.gain(asDoubles, byTrying, pairs, gains);
        assertThat(found.gain()).isEqualTo(bestGain);
        assertThat((double) found.value()).isCloseTo(byTrying, within(1e-6));
        assertThat(PlainLoops.gain(asDoubles, found.value(), pairs, gains)).isEqualTo(bestGain);
    }

    private static LabeledPairs randomPairs(int rows, UniformRandomProvider random) {
        int size = 2 + 2 * random.nextInt(40);
        int[] first = new int[size];
        int[] second = new int[size];
        for (int k = 0; k < size; k++) {
            first[k] = random.nextInt(rows);
            second[k] = random.nextInt(rows);
        }
        return LabeledPairs.of(first, second);
    }

    @Test
    void pairsComeInTwoHalves() {
        assertThat(FOUR.each()).isEqualTo(2);
        assertThat(FOUR.gains()).containsExactly(-1, -1, 1, 1);
        assertThatThrownBy(() -> LabeledPairs.of(new int[] {0, 1, 2}, new int[] {1, 2, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 first and 3 second rows");
    }

    @Test
    void twoClustersAreSplitMidwayAndEveryDissimilarPairIsAGain() {
        Threshold best = ThresholdSearch.best(new float[] {1, 2, 5, 6}, FOUR, FOUR.gains())
                .orElseThrow();

        assertThat(best.value()).isEqualTo(3.5f);
        assertThat(best.gain()).isEqualTo(2);
    }

    @Test
    void ofEquallyGoodThresholdsTheSmallestIsTaken() {
        LabeledPairs pairs = LabeledPairs.of(new int[] {0, 0}, new int[] {1, 3});

        assertThat(ThresholdSearch.best(new float[] {0, 0, 2, 4}, pairs, pairs.gains()))
                .contains(new Threshold(1, 1));
    }

    @Test
    void neighboringFloatsAreStillSeparated() {
        float low = 1;
        float high = Math.nextUp(low);
        Threshold best = ThresholdSearch.best(new float[] {low, low, high, high}, FOUR, FOUR.gains())
                .orElseThrow();

        assertThat(low > best.value()).isFalse();
        assertThat(high > best.value()).isTrue();
    }

    @Test
    void theLargestFloatsHaveAFiniteMidpoint() {
        Threshold best = ThresholdSearch.best(
                        new float[] {Float.MAX_VALUE / 2, Float.MAX_VALUE / 2, Float.MAX_VALUE, Float.MAX_VALUE},
                        FOUR,
                        FOUR.gains())
                .orElseThrow();

        assertThat(best.value()).isFinite().isBetween(Float.MAX_VALUE / 2, Float.MAX_VALUE);
    }

    @Test
    void equalValuesAndTheTwoZerosCannotBeSeparated() {
        assertThat(ThresholdSearch.best(new float[] {3, 3, 3, 3}, FOUR, FOUR.gains()))
                .isEmpty();
        assertThat(ThresholdSearch.best(new float[] {0.0f, -0.0f, -0.0f, 0.0f}, FOUR, FOUR.gains()))
                .isEmpty();
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> ThresholdSearch.best(new float[] {1, 2, Float.NaN, 4}, FOUR, FOUR.gains()))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("the value of training image 2 is NaN");
    }
}
