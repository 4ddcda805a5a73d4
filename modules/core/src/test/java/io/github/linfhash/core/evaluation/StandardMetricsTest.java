package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardMetricsTest {
    // One query 0000 of class 1; codes at distances 0, 2, 2, 3, 4, the first two and the last of its class.
    private final BinaryCodes query = BinaryCodes.ofBytes(1, 4, new byte[] {0});
    private final BinaryCodes database = BinaryCodes.ofBytes(5, 4, new byte[] {0, 3, 3, 7, 15});
    private final Retrieval retrieval =
            Retrieval.of(query, database, Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(1, 1, 0, 0, 1)));

    @Test
    void keysAndTheirOrderArePublished() {
        assertThat(StandardMetrics.evaluate(retrieval).keySet())
                .containsExactly(
                        "map",
                        "precision@2",
                        "recall@2",
                        "f1@2",
                        "precision@0",
                        "recall@0",
                        "f1@0",
                        "emptyBalls@2",
                        "emptyBalls@0",
                        "uniqueCodes",
                        "mapOptimistic",
                        "mapPessimistic",
                        "precisionTop100",
                        "map@10",
                        "precisionTop5000",
                        "recallPooled@2",
                        "recallPooled@0",
                        "meanDistance");
    }

    @Test
    void valuesOfASmallExperimentByHand() {
        Map<String, Double> values = StandardMetrics.evaluate(retrieval);
        assertValue(values, "map", (1 + (2.0 / 2 + 2.0 / 3) / 2 + 3.0 / 5) / 3);
        assertValue(values, "mapOptimistic", (1 + 2.0 / 2 + 3.0 / 5) / 3);
        assertValue(values, "mapPessimistic", (1 + 2.0 / 3 + 3.0 / 5) / 3);
        assertValue(values, "precision@2", 2.0 / 3);
        assertValue(values, "recall@2", 2.0 / 3);
        assertValue(values, "f1@2", 2.0 / 3);
        assertValue(values, "precision@0", 1);
        assertValue(values, "recall@0", 1.0 / 3);
        assertValue(values, "f1@0", 0.5);
        assertValue(values, "emptyBalls@2", 0);
        assertValue(values, "emptyBalls@0", 0);
        assertValue(values, "uniqueCodes", 4);
        assertValue(values, "precisionTop100", 3.0 / 5);
        assertValue(values, "map@10", values.getOrDefault("map", Double.NaN));
        assertValue(values, "precisionTop5000", 3.0 / 5);
        assertValue(values, "recallPooled@2", 2.0 / 3);
        assertValue(values, "recallPooled@0", 1.0 / 3);
        assertValue(values, "meanDistance", (0 + 2 + 4) / 3.0);
    }

    @Test
    void pooledRecallWeighsQueriesByWhatTheyHaveToFind() {
        // Within radius 2: 2 of the 3 rows of class 1, and 1 of 2 rows of class 0; at radius 0: 1 of 3 and 0 of 2.
        Retrieval two = Retrieval.of(
                BinaryCodes.ofBytes(2, 4, new byte[] {0, 0}),
                database,
                Relevance.bySimilarLabels(ClassLabels.of(1, 0), ClassLabels.of(1, 1, 0, 0, 1)));
        Map<String, Double> values = StandardMetrics.evaluate(two);
        assertValue(values, "recallPooled@2", 3.0 / 5);
        assertValue(values, "recallPooled@0", 1.0 / 5);
        assertValue(values, "recall@2", (2.0 / 3 + 1.0 / 2) / 2);
        Map<String, Double> pooled = StandardMetrics.evaluate(
                two, Conventions.STANDARD.with(Conventions.Average.MACRO_PRECISION_POOLED_RECALL));
        assertValue(pooled, "recall@2", 3.0 / 5);
        assertValue(pooled, "precision@2", values.getOrDefault("precision@2", Double.NaN));
        // Distances 0, 2, 4 to class 1 and 2, 3 to class 0.
        assertValue(values, "meanDistance", (6 / 3.0 + 5 / 2.0) / 2);
        assertValue(pooled, "meanDistance", 11 / 5.0);
    }

    @Test
    void theFirst5000AreNotThe100() {
        byte[] codes = new byte[6000];
        Arrays.fill(codes, 4000, 5000, (byte) 1);
        Arrays.fill(codes, 5000, 6000, (byte) 15);
        int[] classes = new int[6000];
        Arrays.fill(classes, 4000, 5500, 1);
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(classes));
        Retrieval many = Retrieval.of(query, BinaryCodes.ofBytes(6000, 4, codes), relevance);
        assertValue(StandardMetrics.evaluate(many), "precisionTop5000", 1000.0 / 5000);
        assertValue(StandardMetrics.evaluate(many), "precisionTop100", 0);
        assertThat(PerQuery.of(many).values("precisionTop5000")).containsExactly(1000.0 / 5000);
    }

    @Test
    void meanAveragePrecisionOfTheFirst10StopsAtRank10() {
        // Twelve codes at growing distance; relevant are ranks 2, 10 and 11.
        BinaryCodes twelve = BinaryCodes.ofSigns(12, 12, staircase());
        int[] classes = new int[12];
        classes[1] = 1;
        classes[9] = 1;
        classes[10] = 1;
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(classes));
        Retrieval ranked = Retrieval.of(BinaryCodes.ofBytes(1, 12, new byte[2]), twelve, relevance);
        assertValue(StandardMetrics.evaluate(ranked), "map@10", (1.0 / 2 + 2.0 / 10) / 3);
    }

    private static float[] staircase() {
        float[] values = new float[144];
        for (int row = 0; row < 12; row++) {
            Arrays.fill(values, row * 12, row * 13, 1);
        }
        return values;
    }

    @Test
    void emptyBallsAreCountedAtTheirOwnRadius() {
        BinaryCodes far = BinaryCodes.ofBytes(2, 4, new byte[] {3, 15});
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(1, 1));
        Map<String, Double> values = StandardMetrics.evaluate(Retrieval.of(query, far, relevance));
        assertValue(values, "emptyBalls@2", 0);
        assertValue(values, "emptyBalls@0", 1);
        assertValue(values, "precision@0", 0);
    }

    @Test
    void precisionOfTheFirst100LooksAt100Codes() {
        BinaryCodes many = BinaryCodes.ofBytes(200, 4, new byte[200]);
        int[] classes = new int[200];
        classes[7] = 1;
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(classes));
        assertValue(StandardMetrics.evaluate(Retrieval.of(query, many, relevance)), "precisionTop100", 1.0 / 200);
        BinaryCodes far = BinaryCodes.ofSigns(200, 4, first100Near());
        assertValue(StandardMetrics.evaluate(Retrieval.of(query, far, relevance)), "precisionTop100", 1.0 / 100);
    }

    private static float[] first100Near() {
        float[] values = new float[800];
        Arrays.fill(values, 400, 800, 1);
        return values;
    }

    @Test
    void valuesOnRequestOfASmallExperimentByHand() {
        Map<String, Double> values = StandardMetrics.onRequest(
                List.of(
                        "map",
                        "lookupSuccess@2",
                        "map@1000",
                        "map@5000",
                        "precisionTop1000",
                        "recallTop1000",
                        "bitBias"),
                retrieval,
                Conventions.STANDARD);
        assertThat(values)
                .containsOnlyKeys(
                        "map@1000", "map@5000", "precisionTop1000", "recallTop1000", "lookupSuccess@2", "bitBias");
        double map = (1 + (2.0 / 2 + 2.0 / 3) / 2 + 3.0 / 5) / 3;
        assertValue(values, "map@1000", map);
        assertValue(values, "map@5000", map);
        assertValue(values, "precisionTop1000", 3.0 / 5);
        assertValue(values, "recallTop1000", 1);
        assertValue(values, "lookupSuccess@2", 1);
        // Of five rows, the bits are 1 in 4, 4, 2 and 1.
        assertValue(values, "bitBias", (0.6 + 0.6 + 0.2 + 0.6) / 4);
    }

    @Test
    void aLookupSucceedsWhereSomethingRelevantIsInTheBall() {
        // Query 0 finds a code of another class at distance 0, query 1 one of its own at distance 2, query 2 nothing.
        Retrieval three = Retrieval.of(
                BinaryCodes.ofBytes(3, 8, new byte[] {0, (byte) 0b11111100, 0b00001111}),
                BinaryCodes.ofBytes(2, 8, new byte[] {0, (byte) 0b11111111}),
                Relevance.bySimilarLabels(ClassLabels.of(1, 1, 1), ClassLabels.of(0, 1)));
        assertThat(StandardMetrics.onRequest(List.of("lookupSuccess@2"), three, Conventions.STANDARD))
                .containsEntry("lookupSuccess@2", 1.0 / 3);
        assertThat(StandardMetrics.evaluate(three)).containsEntry("emptyBalls@2", 1.0 / 3);
    }

    @Test
    void bitsOfAnExperimentThatWasCountedElsewhereAreNotKnown() {
        Retrieval counted = Retrieval.counted(retrieval.histograms(), 4);
        assertThatThrownBy(() -> StandardMetrics.onRequest(List.of("bitBias"), counted, Conventions.STANDARD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it has no codes");
    }

    @Test
    void everyKeyIsThereOnceAndAnUnknownOneIsNeitherBetterNorWorse() {
        assertThat(StandardMetrics.keys())
                .doesNotHaveDuplicates()
                .containsSubsequence(
                        "meanDistance",
                        "realMap",
                        "quantization@queries",
                        "map@1000",
                        "bitCorrelation",
                        "neighborRecall@1")
                .endsWith("precisionTop10", "codeBytes", "bytesAtN");
        // Runs are measured in this order; another one in files would make expected results differ by it.
        assertThat(StandardMetrics.ALL).isSortedAccordingTo(Comparator.comparing(Metric::source));
        assertThat(StandardMetrics.ALL)
                .allSatisfy(metric ->
                        assertThat(StandardMetrics.quantity(metric.key())).isEqualTo(metric.quantity()));
        Quantity later = StandardMetrics.quantity("ofALaterVersion@2");
        assertThat(later.title()).isEqualTo("ofALaterVersion@2");
        assertThat(later.head()).isEqualTo("ofALaterVersion@2");
        assertThat(later.direction()).isEqualTo(Quantity.Direction.NONE);
        assertThat(later.ranked()).isFalse();
        assertThat(later.kind()).isEqualTo(Quantity.Kind.NUMBER);
    }

    private static void assertValue(Map<String, Double> values, String key, double expected) {
        assertThat(values.get(key)).as(key).isCloseTo(expected, within(1e-14));
    }
}
