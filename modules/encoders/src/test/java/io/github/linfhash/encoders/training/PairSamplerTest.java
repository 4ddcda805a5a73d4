package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairSamplerTest {
    private static final int DRAWS = 200_000;

    static List<Labels> labels() {
        boolean[] sets = new boolean[8 * 3];
        for (int entry : new int[] {0, 1, 2, 3, 4, 6, 9, 13, 14, 17, 18, 19}) {
            sets[entry] = true;
        }
        return List.of(ClassLabels.of(0, 0, 0, 0, 1, 1, 7, 7, 7), LabelSets.of(8, 3, sets));
    }

    /** All pairs are counted by brute force; a chi-square statistic far beyond its mean means unequal chances. */
    @ParameterizedTest
    @MethodSource("labels")
    void everySimilarPairIsEquallyLikelyAndSoIsEveryOther(Labels labels) {
        Pairs pairs = new PairSampler(labels).draw(DRAWS, 0.25, new RandomStreams(1).stream("pairs"));
        Map<List<Integer>, Integer> seen = new HashMap<>();
        int similar = 0;
        for (int p = 0; p < pairs.size(); p++) {
            int i = pairs.first(p);
            int j = pairs.second(p);
            assertThat(i).isNotEqualTo(j);
            assertThat(pairs.similar(p)).isEqualTo(labels.similar(i, labels, j));
            similar += pairs.similar(p) ? 1 : 0;
            seen.merge(List.of(Math.min(i, j), Math.max(i, j)), 1, Integer::sum);
        }

        assertThat(similar).isEqualTo(DRAWS / 4);
        assertUniform(seen, labels, true, DRAWS / 4);
        assertUniform(seen, labels, false, DRAWS - DRAWS / 4);
    }

    private static void assertUniform(Map<List<Integer>, Integer> seen, Labels labels, boolean similar, int draws) {
        TreeSet<Integer> keys = new TreeSet<>();
        for (int i = 0; i < labels.size(); i++) {
            for (int j = i + 1; j < labels.size(); j++) {
                if (labels.similar(i, labels, j) == similar) {
                    keys.add(i * labels.size() + j);
                }
            }
        }
        double expected = (double) draws / keys.size();
        double chiSquare = 0;
        for (int key : keys) {
            int count = seen.getOrDefault(List.of(key / labels.size(), key % labels.size()), 0);
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        double freedom = keys.size() - 1;
        assertThat(chiSquare).isLessThan(freedom + 4.5 * Math.sqrt(2 * freedom));
    }

    @Test
    void similarAndDissimilarPairsAreMixed() {
        Pairs pairs =
                new PairSampler(ClassLabels.of(0, 0, 1, 1)).draw(10_000, 0.5, new RandomStreams(2).stream("pairs"));
        int early = 0;
        for (int p = 0; p < 5000; p++) {
            early += pairs.similar(p) ? 1 : 0;
        }

        assertThat(early).isBetween(2300, 2700);
    }

    @Test
    void aShuffledListHoldsTheSamePairs() {
        Pairs pairs =
                new PairSampler(ClassLabels.of(0, 0, 1, 1, 2)).draw(500, 0.5, new RandomStreams(2).stream("pairs"));

        Pairs shuffled = pairs.shuffled(new RandomStreams(3).stream("order"));

        assertThat(listed(shuffled)).isNotEqualTo(listed(pairs)).containsExactlyInAnyOrderElementsOf(listed(pairs));
    }

    private static List<String> listed(Pairs pairs) {
        return java.util.stream.IntStream.range(0, pairs.size())
                .mapToObj(p -> pairs.first(p) + " " + pairs.second(p) + " " + pairs.similar(p))
                .toList();
    }

    @Test
    void labelsWithoutASimilarPairAreRefused() {
        assertThatThrownBy(() -> new PairSampler(ClassLabels.of(1, 2, 3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("share a label");
    }

    @Test
    void oneClassAloneHasNoDissimilarPairs() {
        PairSampler sampler = new PairSampler(ClassLabels.of(4, 4, 4));

        assertThatThrownBy(() -> sampler.draw(10, 0.5, new RandomStreams(1).stream("pairs")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("dissimilar");
    }
}
