package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Successive halving by numbers that are known; the rounds are worked out by hand. */
class HalvingTest {
    @Test
    void theBetterHalfIsMeasuredWithTwiceAsManyQueries() throws IOException {
        List<String> rounds = new ArrayList<>();
        int best = Halving.fastest(List.of(5, 3, 8, 2, 9), 10, 100, (left, from, to) -> {
            rounds.add(left + " " + from + "-" + to);
            return constant(left, to - from);
        });
        assertThat(best).isEqualTo(2);
        assertThat(rounds).containsExactly("[5, 3, 8, 2, 9] 0-10", "[2, 3, 5] 10-20", "[2, 3] 20-40");
    }

    private static List<double[]> constant(List<Integer> candidates, int count) {
        return candidates.stream()
                .map(candidate -> {
                    double[] times = new double[count];
                    Arrays.fill(times, candidate);
                    return times;
                })
                .toList();
    }

    @Test
    void itEndsWithTheQueries() throws IOException {
        List<Integer> ends = new ArrayList<>();
        int best = Halving.fastest(List.of(4, 3, 2, 1), 6, 8, (left, from, to) -> {
            ends.add(to);
            return constant(left, to - from);
        });
        assertThat(best).isEqualTo(1);
        assertThat(ends).containsExactly(6, 8);
    }

    @Test
    void oneCandidateIsNotMeasured() throws IOException {
        assertThat(Halving.fastest(List.of("only"), 10, 100, (left, from, to) -> {
                    throw new IOException("measured");
                }))
                .isEqualTo("only");
    }

    /** The nearest rank: of 20 values, the 19th is the 95th percentile. */
    @Test
    void percentilesAreNearestRanks() {
        double[] values = new double[20];
        Arrays.setAll(values, i -> 20 - i);
        assertThat(Halving.percentile(values, 0.95)).isEqualTo(19);
        assertThat(Halving.percentile(values, 0.5)).isEqualTo(10);
        assertThat(Halving.percentile(Arrays.copyOf(values, 19), 0.95)).isEqualTo(20);
        assertThat(Halving.percentile(new double[] {7}, 0.95)).isEqualTo(7);
    }

    @Test
    void rungsAreParts() {
        assertThat(ParameterSearch.rungs(100_000)).containsExactly(3_125, 6_250, 12_500);
        assertThat(ParameterSearch.rungs(40_000)).containsExactly(2_500, 5_000);
        assertThat(ParameterSearch.rungs(20_000)).containsExactly(2_500);
        assertThat(ParameterSearch.rungs(3_000)).containsExactly(1_000);
        assertThat(ParameterSearch.rungs(500)).containsExactly(500);
    }
}
