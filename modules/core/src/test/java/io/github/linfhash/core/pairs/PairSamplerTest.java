package io.github.linfhash.core.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairSamplerTest {
    private static final int DRAWS = 200_000;

    static List<Labels> labels() {
        boolean[] sets = new boolean[8 * 3];
        for (int entry : new int[] {0, 1, 2, 3, 4, 6, 9, 13, 14, 17, 18, 19}) {
            sets[entry] = true;
        }
        return List.of(ClassLabels.of(0, 0, 0, 0, 1, 1, 7, 7, 7), LabelSets.of(8, 3, sets));
    }

    /** Row 3 is a copy of row 0, as is the last one, which is of another class. */
    private static FeatureMatrix features(Labels labels) {
        float[][] rows = new float[labels.size()][2];
        for (int i = 0; i < rows.length; i++) {
            rows[i][1] = i;
        }
        rows[3] = rows[0].clone();
        rows[rows.length - 1] = rows[0].clone();
        return FeatureMatrix.copyOf(rows);
    }

    private static boolean copies(Labels labels, int i, int j) {
        List<Integer> rows = List.of(0, 3, labels.size() - 1);
        return rows.contains(i) && rows.contains(j);
    }

    /** A sampler for rows that all differ. */
    private static PairSampler different(Labels labels) {
        float[][] rows = new float[labels.size()][1];
        Arrays.setAll(rows, i -> new float[] {i});
        return new PairSampler(FeatureMatrix.copyOf(rows), labels);
    }

    /** All pairs are counted by brute force; a chi-square statistic far beyond its mean means unequal chances. */
    @ParameterizedTest
    @MethodSource("labels")
    void everySimilarPairIsEquallyLikelyAndSoIsEveryOther(Labels labels) {
        PairSampler sampler = new PairSampler(features(labels), labels);
        assertPairs(sampler.mixed(DRAWS, 0.25, new RandomStreams(1).stream("pairs")), labels, DRAWS / 4);
        assertPairs(sampler.halves(DRAWS / 2, new RandomStreams(2).stream("pairs")), labels, DRAWS / 2);
    }

    private static void assertPairs(Pairs pairs, Labels labels, int wanted) {
        Map<List<Integer>, Integer> seen = new HashMap<>();
        int similar = 0;
        for (int p = 0; p < pairs.size(); p++) {
            int i = pairs.first(p);
            int j = pairs.second(p);
            assertThat(i).isNotEqualTo(j);
            assertThat(copies(labels, i, j)).isFalse();
            assertThat(pairs.similar(p)).isEqualTo(labels.similar(i, labels, j));
            similar += pairs.similar(p) ? 1 : 0;
            seen.merge(List.of(Math.min(i, j), Math.max(i, j)), 1, Integer::sum);
        }

        assertThat(similar).isEqualTo(wanted);
        assertUniform(seen, labels, true, wanted);
        assertUniform(seen, labels, false, DRAWS - wanted);
    }

    private static void assertUniform(Map<List<Integer>, Integer> seen, Labels labels, boolean similar, int draws) {
        TreeSet<Integer> keys = new TreeSet<>();
        for (int i = 0; i < labels.size(); i++) {
            for (int j = i + 1; j < labels.size(); j++) {
                if (labels.similar(i, labels, j) == similar && !copies(labels, i, j)) {
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
        Pairs pairs = different(ClassLabels.of(0, 0, 1, 1)).mixed(10_000, 0.5, new RandomStreams(2).stream("pairs"));
        int early = 0;
        for (int p = 0; p < 5000; p++) {
            early += pairs.similar(p) ? 1 : 0;
        }

        assertThat(early).isBetween(2300, 2700);
    }

    @Test
    void aShuffledListHoldsTheSamePairs() {
        Pairs pairs = different(ClassLabels.of(0, 0, 1, 1, 2)).mixed(500, 0.5, new RandomStreams(2).stream("pairs"));

        Pairs shuffled = pairs.shuffled(new RandomStreams(3).stream("order"));

        assertThat(listed(shuffled)).isNotEqualTo(listed(pairs)).containsExactlyInAnyOrderElementsOf(listed(pairs));
    }

    private static List<String> listed(Pairs pairs) {
        return java.util.stream.IntStream.range(0, pairs.size())
                .mapToObj(p -> pairs.first(p) + " " + pairs.second(p) + " " + pairs.similar(p))
                .toList();
    }

    @Test
    void halvesHaveTheSimilarPairsFirst() {
        Pairs pairs = different(ClassLabels.of(0, 1, 0, 1, 1)).halves(50, new RandomStreams(4).stream("pairs"));

        for (int p = 0; p < 100; p++) {
            assertThat(pairs.similar(p)).isEqualTo(p < 50);
        }
    }

    @Test
    void labelsWithoutASimilarPairAreRefusedWhereSomeAreWanted() {
        PairSampler sampler = different(ClassLabels.of(1, 2, 3));

        assertThat(sampler.mixed(10, 0, new RandomStreams(1).stream("pairs")).size())
                .isEqualTo(10);
        assertThatThrownBy(() -> sampler.mixed(10, 0.5, new RandomStreams(1).stream("pairs")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("share a label");
    }

    @Test
    void imagesThatAreAllCopiesMakeNoPairs() {
        PairSampler sampler = new PairSampler(FeatureMatrix.owning(4, 1, new float[4]), ClassLabels.of(0, 0, 1, 1));

        assertThatThrownBy(() -> sampler.mixed(10, 0.5, new RandomStreams(1).stream("pairs")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("two different training images")
                .hasMessageEndingWith("; train on more images.");
        assertThatThrownBy(() -> sampler.mixed(10, 0, new RandomStreams(1).stream("pairs")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("or are identical; train on images of more classes.");
        assertThatThrownBy(() -> sampler.halves(10, new RandomStreams(1).stream("pairs")))
                .isInstanceOf(InputException.class)
                .hasMessage("among 20000 random pairs of the 4 labeled training images, 0 were similar and 0 were"
                        + " dissimilar, not counting pairs of identical images; more of both are needed to learn from"
                        + " pairs: train on more images of each class");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneClassAloneHasNoDissimilarPairs(boolean halves) {
        PairSampler sampler = different(ClassLabels.of(4, 4, 4));

        assertThatThrownBy(() -> {
                    if (halves) {
                        sampler.halves(10, new RandomStreams(1).stream("pairs"));
                    } else {
                        sampler.mixed(10, 0.5, new RandomStreams(1).stream("pairs"));
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("dissimilar");
    }

    @Test
    void oneImageMakesNoDissimilarPair() {
        PairSampler sampler = different(ClassLabels.of(4));

        assertThatThrownBy(() -> sampler.mixed(10, 0, new RandomStreams(1).stream("pairs")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "Siamese training needs dissimilar pairs, but there is one training image. Raise the number of training images of the split.");
    }
}
