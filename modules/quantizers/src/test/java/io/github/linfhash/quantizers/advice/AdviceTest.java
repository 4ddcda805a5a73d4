package io.github.linfhash.quantizers.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.Similarity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdviceTest {
    record Options(int bits) {}

    private static CrossedMean about(double mean) {
        return new CrossedMean(mean, 0.005, 100, mean - 0.01, Math.min(1, mean + 0.01), 1, 2);
    }

    private static Measured measured(String name, int bytes, double one, double two) {
        return measured(name, bytes, 0, one, two, two);
    }

    /** Something whose recall at 2x is another over the queries that do not choose. */
    private static Measured measured(String name, int bytes, long model, double one, double two, double reported) {
        Map<Integer, CrossedMean> recall = new TreeMap<>(Map.of(1, about(one), 2, about(two)));
        Map<Integer, CrossedMean> others = new TreeMap<>(Map.of(1, about(one), 2, about(reported)));
        return new Measured(
                name, new Options(bytes), bytes, model, 2, recall, recall, others, 10, 1, 1, List.of(), null, null);
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
                List.of(),
                Advice.Skipped.NONE);
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
            assertThat(choice.quantizer().name()).isEqualTo("better");
            assertThat(choice.oversampling()).isEqualTo(2);
        });
        assertThat(target.alternatives()).singleElement().satisfies(choice -> {
            assertThat(choice.quantizer().name()).isEqualTo("large");
            assertThat(choice.oversampling()).isEqualTo(1);
        });
        assertThat(advice.rescoredFloats(target.nearest())).isEqualTo(2 * 10 * 64);
        assertThat(advice.sentence(0.95))
                .isEqualTo(
                        "For a recall of 0.95: better (bits 16) with 16 bytes per vector and 2x oversampling (the"
                                + " best 20 codes, rescored with full precision) reaches a recall@10 of 0.970 (95 % interval 0.960 to 0.980"
                                + " over 50 queries and 2 seeds; chosen on the other 50); rescoring reads 1280 float32 values per query.");
    }

    /** What chooses is not what is reported. */
    @Test
    void theOtherQueriesReportTheChoice() {
        Advice advice = advice(measured("lucky", 8, 0, 0.9, 0.97, 0.94), measured("sound", 16, 0, 0.9, 0.97, 0.98));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("lucky");
        assertThat(advice.target(0.95).nearest().recall().mean()).isEqualTo(0.94);
        assertThat(advice.sentence(0.95)).contains("reaches a recall@10 of 0.940 (95 % interval 0.930 to 0.950");
    }

    /** A model of 90,000 bytes is 100 more for each of 900 vectors. */
    @Test
    void theModelCountsAmongTheBytes() {
        Advice advice = advice(
                measured("small code", 8, 90_000, 0.5, 0.97, 0.97), measured("no model", 64, 0, 0.5, 0.97, 0.97));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("no model");
        assertThat(measured("small code", 8, 90_000, 0.5, 0.97, 0.97).bytesAt(900))
                .isEqualTo(108);
        assertThat(advice(measured("small code", 8, 90_000, 0.5, 0.97, 0.97)).sentence(0.95))
                .contains("with 8 bytes per vector (108.0 including its share of the model) and");
    }

    @Test
    void saysWhereQueriesAreFew() {
        Advice few = new Advice(
                900,
                64,
                20,
                true,
                Similarity.COSINE,
                10,
                List.of(0L, 1L),
                new Diagnosis(1, 1, 1, 0, 0.8, 0.5, 10, 0, 0, 0.1),
                List.of(measured("one", 8, 0.9, 0.97)),
                900,
                null,
                null,
                List.of(),
                List.of(),
                Advice.Skipped.NONE);
        assertThat(few.sentence(0.95))
                .contains("over 10 queries and 2 seeds; chosen on the other 10)")
                .endsWith(" With 20 queries, half of which are used to choose, intervals are wide: pass 100 or more.");
    }

    @Test
    void saysWhereNothingReachesATarget() {
        Advice advice = advice(measured("one", 8, 0.2, 0.4), measured("two", 16, 0.3, 0.5));
        assertThat(advice.target(0.99).choice()).isEmpty();
        assertThat(advice.sentence(0.99))
                .startsWith(
                        "For a recall of 0.99: no measured quantizer reliably reaches it. The closest: two (bits 16)");
    }

    private static Measured.Trend part(int rows, double recall) {
        return new Measured.Trend(rows, Map.of(1, about(recall)));
    }

    /** Something whose recall at 1x was measured among a quarter, a half and all of a sample. */
    private static Measured sampled(String name, int bytes, double quarter, double half, double one, double two) {
        Measured whole = measured(name, bytes, one, two);
        List<Measured.Trend> trend = List.of(part(225, quarter), part(450, half), part(900, one));
        return new Measured(
                name,
                whole.options(),
                bytes,
                0,
                2,
                whole.recall(),
                whole.choosing(),
                whole.reported(),
                10,
                1,
                1,
                trend,
                null,
                null);
    }

    private static Advice sample(Measured... measured) {
        return sampleOf(4000, measured);
    }

    private static Advice sampleOf(int givenRows, Measured... measured) {
        Advice all = advice(measured);
        return new Advice(
                900,
                64,
                100,
                true,
                Similarity.COSINE,
                10,
                List.of(0L),
                all.diagnosis(),
                List.of(measured),
                givenRows,
                null,
                null,
                List.of(),
                List.of(),
                Advice.Skipped.NONE);
    }

    /** The numbers are those of signs of 21,500 texts and of a million vectors in dense clusters. */
    @Test
    void recallFallsWhereItsIntervalsDoNotOverlap() {
        assertThat(sampled("texts", 48, 0.819, 0.832, 0.823, 0.98).falls()).isFalse();
        assertThat(sampled("clusters", 96, 0.687, 0.660, 0.617, 0.989).falls()).isTrue();
        assertThat(sampled("from the half on", 8, 0.6, 0.66, 0.63, 0.9).falls()).isTrue();
        assertThat(measured("no trend", 8, 0.6, 0.9).falls()).isFalse();
    }

    @Test
    void aSampleWhoseRecallHoldsReachesATarget() {
        Advice advice = sample(sampled("texts", 48, 0.819, 0.832, 0.823, 0.98));
        assertThat(advice.target(0.95).choice()).isPresent();
        assertThat(advice.sentence(0.95))
                .startsWith("For a recall of 0.95: texts (bits 48)")
                .endsWith(
                        "rescoring reads 1280 float32 values per query; measured on a sample of 900 of 4000 vectors; at 1x, recall is"
                                + " 0.819 on 225, 0.832 on 450, 0.823 on 900.");
    }

    @Test
    void aSampleWhoseRecallFallsReachesNoTarget() {
        Advice advice = sample(sampled("clusters", 96, 0.687, 0.660, 0.617, 0.989));
        Advice.Target target = advice.target(0.95);
        assertThat(target.choice()).isEmpty();
        assertThat(target.inSample()).isTrue();
        assertThat(target.alternatives()).isEmpty();
        assertThat(advice.sentence(0.95))
                .startsWith(
                        "For a recall of 0.95: reached on the sample of 900 of 4000 vectors, but perhaps not on all, because recall"
                                + " falls as"
                                + " vectors are added (at 1x, recall is 0.687 on 225, 0.660 on 450, 0.617 on 900). On the sample,"
                                + " clusters (bits 96)")
                .endsWith("rescoring reads 1280 float32 values per query.");
        assertThat(advice.target(0.995).inSample()).isFalse();
        assertThat(advice.sentence(0.995)).contains("no measured quantizer reliably reaches it");
        // Among all vectors the same numbers are the truth.
        assertThat(advice(sampled("clusters", 96, 0.687, 0.660, 0.617, 0.989))
                        .target(0.95)
                        .choice())
                .isPresent();
    }

    /** Twice 0.04 a doubling, log2(1000 / 900) doublings: 0.012 of 0.98 - 0.01 is lost, which leaves 0.958. */
    @Test
    void aFallMattersByHowFarTheSampleIsFromAllVectors() {
        Measured falls = sampled("falls", 16, 0.7, 0.66, 0.63, 0.98);
        assertThat(falls.fallPerDoubling()).isCloseTo(0.04, within(1e-12));
        assertThat(sampleOf(1000, falls).target(0.957).choice()).isPresent();
        assertThat(sampleOf(1000, falls).target(0.959).choice()).isEmpty();
        assertThat(sampleOf(1000, falls).target(0.959).inSample()).isTrue();
        assertThat(sampled("flat", 16, 0.64, 0.65, 0.635, 0.98).fallPerDoubling())
                .isZero();
    }

    @Test
    void moreBytesThatHoldGoBeforeFewerThatFall() {
        Advice advice = sample(
                sampled("clusters", 16, 0.687, 0.660, 0.617, 0.989), sampled("large", 64, 0.97, 0.97, 0.97, 0.99));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("large");
        assertThat(advice.target(0.95).choice()).isPresent();
    }

    @Test
    void aSampleTooSmallForATrendReachesNoTarget() {
        assertThat(sample(measured("one", 8, 0.97, 0.99)).sentence(0.95))
                .contains(
                        "because the sample is too small to show how recall changes as vectors are added. On the sample, one");
    }
}
