package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistanceRankingTest {
    /** From all tied to hardly a tie, with negative distances among them. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "40,1,7", "60,3,10", "200,50,10", "300,100000,5", "5,2,10"})
    void isTheExpectationOfTheSlowTwin(int rows, int values, int k) {
        UniformRandomProvider random = new RandomStreams(values).stream("distances");
        // A smaller database is taken whole.
        int cut = Math.min(k, rows);
        for (int trial = 0; trial < 20; trial++) {
            int[] whole =
                    IntStream.range(0, rows).map(i -> random.nextInt(values)).toArray();
            float[] distances = new float[rows];
            byte[] marks = new byte[rows];
            boolean[] relevant = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                distances[i] = (whole[i] - values / 2) * 0.37f;
                relevant[i] = random.nextInt(3) == 0;
                marks[i] = (byte) (relevant[i] ? 1 : 0);
            }
            PlainQuery.Expectation expected = new PlainQuery(whole, relevant).expectation(cut);
            DistanceRanking.Values found = new DistanceRanking(rows).of(distances, marks, k);
            assertThat(found.averagePrecision()).isCloseTo(expected.averagePrecision(), within(1e-12));
            assertThat(found.precision()).isCloseTo(expected.precisionAtK(), within(1e-12));
        }
    }

    @Test
    void zerosAreEqualAndNaNIsLast() {
        DistanceRanking ranking = new DistanceRanking(4);
        float[] distances = {-0f, Float.NaN, 0f, Float.POSITIVE_INFINITY};
        assertThat(ranking.of(distances, new byte[] {1, 0, 0, 0}, 1)).isEqualTo(new DistanceRanking.Values(0.75, 0.5));
        assertThat(ranking.of(distances, new byte[] {0, 0, 1, 0}, 1)).isEqualTo(new DistanceRanking.Values(0.75, 0.5));
        assertThat(ranking.of(distances, new byte[] {0, 1, 0, 0}, 3)).isEqualTo(new DistanceRanking.Values(0.25, 0));
        assertThat(ranking.of(distances, new byte[4], 3)).isEqualTo(new DistanceRanking.Values(0, 0));
    }

    @Test
    void otherSizesAreRefused() {
        DistanceRanking ranking = new DistanceRanking(2);
        assertThatThrownBy(() -> ranking.of(new float[3], new byte[2], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ranking.of(new float[2], new byte[3], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ranking.of(new float[2], new byte[2], 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
