package io.github.linfhash.quantisers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantisers.Similarity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdviceTest {
    record Options(int bits) {}

    private static Measured measured(String name, int bytes, double one, double two) {
        Map<Integer, MeanInterval> recall = new TreeMap<>(Map.of(
                1, new MeanInterval(one, one - 0.01, one + 0.01),
                2, new MeanInterval(two, two - 0.01, Math.min(1, two + 0.01))));
        return new Measured(name, new Options(bytes), bytes, 2, recall, 10, 1, 1, List.of(), null, null);
    }

    private static Advice advice(Measured... measured) {
        Diagnosis diagnosis = new Diagnosis(1, 1, 1, 0, 0.8, 0.5, 10, 0, 0, 0.1);
        return new Advice(
                900,
                64,
                100,
                true,
                Similarity.COSINE,
                10,
                List.of(0L, 1L),
                diagnosis,
                List.of(measured),
                900,
                null,
                null,
                List.of(),
                List.of());
    }

    /** The mean alone does not reach a target, and fewer bytes go before less oversampling. */
    @Test
    void takesTheFewestBytesThatAreSure() {
        Advice advice = advice(
                measured("unsure", 8, 0.9, 0.955),
                measured("large", 32, 0.97, 0.999),
                measured("middle", 16, 0.5, 0.962),
                measured("better", 16, 0.5, 0.97));
        Advice.Target target = advice.target(0.95);
        assertThat(target.choice()).hasValueSatisfying(choice -> {
            assertThat(choice.quantiser().name()).isEqualTo("better");
            assertThat(choice.oversampling()).isEqualTo(2);
        });
        assertThat(target.alternatives()).singleElement().satisfies(choice -> {
            assertThat(choice.quantiser().name()).isEqualTo("large");
            assertThat(choice.oversampling()).isEqualTo(1);
        });
        assertThat(advice.rescoredFloats(target.nearest())).isEqualTo(2 * 10 * 64);
        assertThat(advice.sentence(0.95))
                .isEqualTo(
                        "For a recall of 0.95: better (bits 16) with 16 bytes a vector, reading the best 20 by code (2x)"
                                + " and rescoring them by their floats, finds 0.970 of the 10 nearest (95 % interval 0.960 to 0.980"
                                + " over 100 queries and 2 seeds); rescoring reads 1280 floats a query.");
    }

    @Test
    void saysWhereNothingReachesATarget() {
        Advice advice = advice(measured("one", 8, 0.2, 0.4), measured("two", 16, 0.3, 0.5));
        assertThat(advice.target(0.99).choice()).isEmpty();
        assertThat(advice.sentence(0.99))
                .startsWith(
                        "For a recall of 0.99: nothing that was measured is sure to reach it. The nearest: two (bits 16)");
    }

    @Test
    void saysHowRecallChangesWithTheRowsOfAPart() {
        Measured whole = measured("one", 8, 0.96, 0.99);
        List<Measured.Trend> trend = List.of(
                new Measured.Trend(225, Map.of(1, new MeanInterval(0.98, 0.97, 0.99))),
                new Measured.Trend(900, Map.of(1, new MeanInterval(0.96, 0.95, 0.97))));
        Measured part = new Measured("one", whole.options(), 8, 2, whole.recall(), 10, 1, 1, trend, null, null);
        Advice advice = advice(part);
        Advice ofPart = new Advice(
                900,
                64,
                100,
                true,
                Similarity.COSINE,
                10,
                List.of(0L),
                advice.diagnosis(),
                List.of(part),
                4000,
                null,
                null,
                List.of(),
                List.of());
        assertThat(ofPart.sentence(0.95))
                .endsWith(
                        "rescoring reads 640 floats a query; measured on 900 of the 4000 rows: 0.980 among 225, 0.960 among 900.");
        assertThat(advice.sentence(0.95)).endsWith("rescoring reads 640 floats a query.");
    }
}
