package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelevantDistanceTest {
    private static final String KEY = "meanDistance";

    /** Queries 0000 of class 0 and 1111 of class 1; rows 0000, 0001 and 0111 of class 0 and 1100 of class 1. */
    private static Retrieval byHand(ClassLabels queries) {
        return Retrieval.of(
                BinaryCodes.ofBytes(2, 4, new byte[] {0, 15}),
                BinaryCodes.ofBytes(4, 4, new byte[] {0, 1, 7, 12}),
                Relevance.bySimilarLabels(queries, ClassLabels.of(0, 0, 0, 1)));
    }

    private static double value(Retrieval retrieval, Conventions conventions) {
        return StandardMetrics.evaluate(retrieval, conventions).getOrDefault(KEY, -1.0);
    }

    @Test
    void distancesByHand() {
        // From 0000: 0, 1, 3. From 1111: 2.
        Retrieval both = byHand(ClassLabels.of(0, 1));
        assertThat(value(both, Conventions.STANDARD)).isCloseTo((4 / 3.0 + 2) / 2, within(1e-15));
        assertThat(value(both, Conventions.STANDARD.with(Average.MICRO))).isCloseTo(6 / 4.0, within(1e-15));
        assertThat(value(both, Conventions.STANDARD.with(Average.MACRO_PRECISION_POOLED_RECALL)))
                .isCloseTo(6 / 4.0, within(1e-15));
        assertThat(PerQuery.of(both).values(KEY)).containsExactly(4 / 3.0, 2);
    }

    @Test
    void aQueryWithNothingRelevantIsNoPerfectOne() {
        Retrieval one = byHand(ClassLabels.of(0, 9));
        assertThat(value(one, Conventions.STANDARD)).isCloseTo(4 / 3.0, within(1e-15));
        // The mean is one over some queries alone, which no test over all of them can use.
        assertThat(PerQuery.of(one).keys()).contains("map").doesNotContain(KEY);
        Retrieval none = byHand(ClassLabels.of(8, 9));
        assertThat(value(none, Conventions.STANDARD)).isZero();
    }

    /** With it, each query has distances 0 and 2; without it, 2. */
    @Test
    void aMatchWithItselfIsAPairOfDistanceZero() {
        BinaryCodes codes = BinaryCodes.ofBytes(2, 4, new byte[] {0, 3});
        ClassLabels same = ClassLabels.of(5, 5);
        Retrieval retrieval = Retrieval.of(codes, codes, Relevance.bySimilarLabels(same, same), new int[] {0, 1});
        assertThat(value(retrieval, Conventions.STANDARD)).isEqualTo(1);
        assertThat(value(retrieval, Conventions.STANDARD.with(SelfMatch.EXCLUDE)))
                .isEqualTo(2);
    }

    @Test
    void isThatOfPlainLoopsOverAllPairs() {
        for (int seed = 0; seed < 40; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(1 + 3 * seed, 1 + 11 * seed, seed % 2 == 0, seed);
            List<Double> means = new ArrayList<>();
            long sum = 0;
            long pairs = 0;
            for (int q = 0; q < experiment.queryCount(); q++) {
                PlainQuery plain = experiment.plain(q);
                long ofQuery = 0;
                for (int row = 0; row < plain.size(); row++) {
                    ofQuery += plain.relevant(row) ? plain.distance(row) : 0;
                }
                if (plain.relevantTotal() > 0) {
                    means.add((double) ofQuery / plain.relevantTotal());
                }
                sum += ofQuery;
                pairs += plain.relevantTotal();
            }
            double macro = means.stream().mapToDouble(mean -> mean).average().orElse(0);
            Retrieval retrieval = experiment.retrieval();
            assertThat(value(retrieval, Conventions.STANDARD))
                    .as("seed " + seed)
                    .isCloseTo(macro, within(1e-12));
            assertThat(value(retrieval, Conventions.STANDARD.with(Average.MICRO)))
                    .as("seed " + seed)
                    .isCloseTo(pairs == 0 ? 0 : (double) sum / pairs, within(1e-12));
            boolean all = means.size() == experiment.queryCount();
            assertThat(PerQuery.of(retrieval).keys().contains(KEY)).isEqualTo(all);
            if (all) {
                assertThat(PerQuery.of(retrieval).values(KEY))
                        .containsExactly(
                                means.stream().mapToDouble(mean -> mean).toArray());
            }
        }
    }

    /** The counts of a cluster, which has no codes at hand, tell it as well. */
    @Test
    void followsFromHistogramsAlone() {
        DistanceHistograms histograms = new DistanceHistograms(1, 3, new int[] {1, 2, 0, 1}, new int[] {0, 2, 0, 1});
        Map<String, Double> values = StandardMetrics.evaluate(Retrieval.counted(histograms, 3));
        assertThat(values).containsEntry(KEY, (1 + 1 + 3) / 3.0);
    }
}
