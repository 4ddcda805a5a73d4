package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.advisor.export.AdviceJson;
import io.github.linfhash.advisor.export.AdviceListing;
import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTest {
    record Options(int bits) {}

    private static CrossedMean about(double mean) {
        return new CrossedMean(mean, 0.005, 100, mean - 0.01, Math.min(1, mean + 0.01), 1, 2);
    }

    private static QuantizerResult measured(String name, int bytes, double one, double two) {
        return measured(name, bytes, 0, one, two, two);
    }

    /** Something whose recall at 2x is another over the queries that do not choose. */
    private static QuantizerResult measured(
            String name, int bytes, long model, double one, double two, double reported) {
        return measured(name, bytes, model, recalls(one, two, reported), null);
    }

    private static QuantizerResult.Recalls recalls(double one, double two, double reported) {
        Map<Integer, CrossedMean> recall = new TreeMap<>(Map.of(1, about(one), 2, about(two)));
        Map<Integer, CrossedMean> others = new TreeMap<>(Map.of(1, about(one), 2, about(reported)));
        return new QuantizerResult.Recalls(recall, recall, others);
    }

    private static QuantizerResult measured(
            String name,
            int bytes,
            long model,
            QuantizerResult.Recalls recall,
            QuantizerResult.@Nullable Recalls predicted) {
        return new QuantizerResult(
                new QuantizerResult.Code(name, new Options(bytes), bytes, model, false),
                recall,
                predicted,
                List.of(new QuantizerResult.Rescored("int8", 68, recalls(0.9, 0.94, 0.945))),
                null,
                null,
                null,
                null,
                new QuantizerResult.Effort(2, 10, 1, 1));
    }

    private static Advice advice(QuantizerResult... measured) {
        return advice(100, List.of(0L, 1L), 900, 900, measured);
    }

    /** Of 900 vectors that were measured. */
    private static Advice advice(
            int queries, List<Long> seeds, int givenRows, int predictedRows, QuantizerResult... measured) {
        return new Advice(
                new AdviceRequest.Question(Similarity.COSINE, List.of(), 10, List.of(1, 2), 10, seeds),
                new Advice.Sample(900, 0, givenRows, predictedRows, 64, queries, true, 0),
                new Diagnosis(
                        new Diagnosis.Lengths(1, 1, 1),
                        new Diagnosis.Duplicates(0, 0, 3, 0.25),
                        new Diagnosis.Shape(0, 0.8, 0.5, 0.1, 10.0)),
                null,
                null,
                null,
                List.of(measured),
                List.of(measured),
                new Advice.Unmeasured(null, List.of(), List.of(), Advice.Skipped.NONE));
    }

    /** The mean alone does not reach a target, and fewer bytes go before less oversampling. */
    @Test
    void takesTheFewestBytesThatAreSure() {
        Advice advice = advice(
                measured("unsure", 8, 0.9, 0.955),
                measured("large", 32, 0.97, 0.999),
                measured("middle", 16, 0.5, 0.962),
                measured("better", 16, 0.5, 0.97));
        Targets.Target target = advice.target(0.95);
        assertThat(target.choice()).hasValueSatisfying(choice -> {
            assertThat(choice.quantizer().name()).isEqualTo("better");
            assertThat(choice.oversampling()).isEqualTo(2);
        });
        assertThat(target.alternatives()).singleElement().satisfies(choice -> {
            assertThat(choice.quantizer().name()).isEqualTo("large");
            assertThat(choice.oversampling()).isEqualTo(1);
        });
        assertThat(new Targets(advice).rescoredCodes(target.nearest())).isEqualTo(2 * 10);
        assertThat(new AdviceSentences(advice).target(0.95))
                .isEqualTo("For a recall of 95%: better (bits 16) with 16 bytes per vector and 2x oversampling (the"
                        + " best 20 codes, rescored with full precision) reaches a recall@10 of 97.0% (95% interval 96.0% to 98.0%"
                        + " over 50 queries and 2 seeds; chosen on the other 50).");
    }

    /** The mean of 50 queries is 0.005 above the target and its interval reaches 0.01 below it: four times as many are needed. */
    @Test
    void saysWhichFewerBytesMoreQueriesMayConfirm() {
        Advice advice = advice(measured("unsure", 8, 0.9, 0.955), measured("large", 32, 0.97, 0.999));
        assertThat(new AdviceSentences(advice).notes())
                .contains(
                        "Fewer bytes may be enough for a recall of 95%: unsure (bits 8) with 8 bytes finds 95.5% at 2x"
                                + " (94.5% to 96.5%). About 400 queries are needed to tell.");
        assertThat(new AdviceSentences(advice(measured("low", 8, 0.9, 0.94), measured("large", 32, 0.97, 0.999)))
                        .notes())
                .noneMatch(note -> note.startsWith("Fewer bytes"));
    }

    /** Where quantize does not write what is recommended, the answer has what it writes, too. */
    @Test
    void hasARowThatCanBeWritten() {
        Advice advice = advice(
                measured("osq", 16, 0.5, 0.97), measured("opq", 48, 0.5, 0.999), measured("pca-sign", 32, 0.5, 0.98));
        assertThat(advice.answer())
                .extracting(
                        row -> row.target().orElse(0),
                        row -> row.choice().quantizer().name())
                .containsExactly(tuple(0.95, "osq"), tuple(0.95, "pca-sign"), tuple(0.99, "opq"));
        assertThat(advice(measured("osq", 16, 0.5, 0.97), measured("opq", 48, 0.5, 0.9))
                        .target(0.95)
                        .written())
                .isEmpty();
        assertThat(advice(measured("opq", 16, 0.5, 0.97), measured("pq", 48, 0.5, 0.99))
                        .target(0.95)
                        .written())
                .isEmpty();
    }

    /** More oversampling than is recommended is named where it saves bytes. */
    @Test
    void saysWhatMoreOversamplingReaches() {
        Map<Integer, CrossedMean> recall = new TreeMap<>(Map.of(1, about(0.5), 20, about(0.97)));
        QuantizerResult.Recalls recalls = new QuantizerResult.Recalls(recall, recall, recall);
        Advice advice = advice(measured("sign", 8, 0, recalls, null), measured("opq", 64, 0.97, 0.97));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("opq");
        assertThat(new AdviceSentences(advice).notes())
                .contains(
                        "For a recall of 95% with fewer bytes, sign (bits 8) with 8 bytes finds 97.0% at 20x, which rescores 200 codes per query: --max-oversampling 20.");
        Advice small = advice(
                100,
                List.of(0L),
                20_000,
                9000,
                measured("sign", 8, 0, recalls, recalls),
                sampled("opq", 64, 0.97, 0.97));
        assertThat(new AdviceSentences(small).notes())
                .contains(
                        "For a recall of 95% among 9000 vectors with fewer bytes, sign (bits 8) with 8 bytes finds 97.0% at 20x,"
                                + " which rescores 200 codes per query: --max-oversampling 20.");
        assertThat(new AdviceSentences(advice(measured("sign", 63, 0, recalls, null), measured("opq", 64, 0.97, 0.97)))
                        .notes())
                .noneMatch(note -> note.contains("--max-oversampling"));
    }

    /** 20 candidates of 68 bytes, or of 64 floats. */
    @Test
    void saysWhatMayBeKeptForRescoring() {
        Targets.AnswerRow row =
                advice(measured("better", 16, 0.5, 0.97)).answer().get(0);
        assertThat(row.rescoring())
                .extracting(
                        Targets.AnswerRow.Rescoring::from,
                        Targets.AnswerRow.Rescoring::bytes,
                        Targets.AnswerRow.Rescoring::readBytes,
                        one -> one.recall().mean(),
                        Targets.AnswerRow.Rescoring::reached)
                .containsExactly(tuple("int8", 68, 1360L, 0.945, false), tuple("float32", 256, 5120L, 0.97, true));
        assertThat(advice(measured("better", 16, 0.97, 0.97)).answer().get(0).rescoring())
                .isEmpty();
    }

    /** The queries that choose are not those that report. */
    @Test
    void theOtherQueriesReportTheChoice() {
        Advice advice = advice(measured("lucky", 8, 0, 0.9, 0.97, 0.94), measured("sound", 16, 0, 0.9, 0.97, 0.98));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("lucky");
        assertThat(advice.target(0.95).nearest().recall().mean()).isEqualTo(0.94);
        assertThat(new AdviceSentences(advice).target(0.95))
                .contains("reaches a recall@10 of 94.0% (95% interval 93.0% to 95.0%");
    }

    /** A model of 90,000 bytes is 100 more for each of 900 vectors. */
    @Test
    void theModelCountsAmongTheBytes() {
        Advice advice = advice(
                measured("small code", 8, 90_000, 0.5, 0.97, 0.97), measured("no model", 64, 0, 0.5, 0.97, 0.97));
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("no model");
        assertThat(measured("small code", 8, 90_000, 0.5, 0.97, 0.97).bytesAt(900))
                .isEqualTo(108);
        assertThat(new AdviceSentences(advice(measured("small code", 8, 90_000, 0.5, 0.97, 0.97))).target(0.95))
                .contains("with 8 bytes per vector (108.0 including its share of the model) and");
    }

    @Test
    void saysWhereQueriesAreFew() {
        Advice few = advice(20, List.of(0L, 1L), 900, 900, measured("one", 8, 0.9, 0.97));
        assertThat(new AdviceSentences(few).target(0.95))
                .contains("over 10 queries and 2 seeds; chosen on the other 10)")
                .endsWith(" With 20 queries, half of which are used to choose, intervals are wide: pass 100 or more.");
    }

    @Test
    void saysWhereNothingReachesATarget() {
        Advice advice = advice(measured("one", 8, 0.2, 0.4), measured("two", 16, 0.3, 0.5));
        assertThat(advice.target(0.99).choice()).isEmpty();
        assertThat(new AdviceSentences(advice).target(0.99))
                .startsWith(
                        "For a recall of 99%: no measured quantizer reliably reaches it. The closest: two (bits 16)");
    }

    /** Something with another recall in the sample than among all. */
    private static QuantizerResult sampled(String name, int bytes, double inSample, double predicted) {
        return measured(name, bytes, 0, recalls(0.5, inSample, inSample), recalls(0.5, predicted, predicted));
    }

    /** The predicted recall decides, not that of the sample. */
    @Test
    void aTargetIsReachedByThePrediction() {
        Advice advice = advice(
                100, List.of(0L), 4000, 4000, sampled("clusters", 16, 0.989, 0.93), sampled("texts", 48, 0.985, 0.98));
        assertThat(advice.target(0.95).choice())
                .hasValueSatisfying(
                        choice -> assertThat(choice.quantizer().name()).isEqualTo("texts"));
        assertThat(new AdviceSentences(advice).target(0.95))
                .startsWith("For a recall of 95%: texts (bits 48)")
                .contains("is predicted to reach a recall@10 of 98.0% among 4000 vectors (95% interval 97.0% to 99.0%")
                .endsWith("chosen on the other 50).");
        assertThat(new AdviceSentences(advice).target(0.99))
                .contains("no measured quantizer reliably reaches it. The closest: texts");
        assertThat(advice.quantizers().get(0).at(2).mean()).isEqualTo(0.93);
    }

    /** 0.025 to the power of 1 / 368 is 0.99003: so many queries of recall 1 are needed to show 0.99, and as many to choose. */
    @Test
    void saysHowManyQueriesAreNeeded() throws IOException {
        CrossedMean all = new CrossedMean(1, 0, 149, 0.976, 1, 1, 1);
        Map<Integer, CrossedMean> ones = Map.of(1, all);
        Advice advice = advice(
                300,
                List.of(0L),
                900,
                900,
                measured("floats", 256, 0, new QuantizerResult.Recalls(ones, ones, ones), null));
        assertThat(advice.target(0.99).neededQueries()).hasValue(736);
        assertThat(advice.target(0.95).neededQueries()).isEmpty();
        assertThat(new AdviceSentences(advice).target(0.99))
                .startsWith(
                        "For a recall of 99%: 300 queries are too few to tell. About 736 are needed, half of which report: hold as"
                                + " many vectors out, and pass them with --queries. The closest: floats (bits 256)")
                .contains("a recall@10 of 100.0%")
                .endsWith("These queries show a recall of 97.6% at least.");
        assertThat(new AdviceSentences(advice).shortfall(0.99)).isEqualTo("needs 736 queries");
        assertThat(new AdviceSentences(advice).shortfall(0.95)).isEmpty();
        assertThat(new AdviceListing(advice, null).answer().text())
                .contains("99%, needs 736 queries")
                .doesNotContain("not reached");
        JsonNode answer = new JsonMapper().readTree(AdviceJson.of(advice, null)).path("answer");
        assertThat(answer.at("/0/reached").asBoolean()).isTrue();
        assertThat(answer.at("/0/neededQueries").isMissingNode()).isTrue();
        assertThat(answer.at("/1/reached").asBoolean()).isFalse();
        assertThat(answer.at("/1/neededQueries").asInt()).isEqualTo(736);
        Advice low = advice(measured("low", 8, 0.2, 0.4));
        assertThat(low.target(0.99).neededQueries()).isEmpty();
        assertThat(new AdviceSentences(low).shortfall(0.99)).isEqualTo("not reached");
    }

    /** 500 of 1,000 queries choose, which could show 0.99; the prediction cannot. */
    @Test
    void asksForNoMoreQueriesWhereThePredictionIsUncertain() {
        CrossedMean all = new CrossedMean(1, 0.01, 499, 0.976, 1, 1, 1);
        Map<Integer, CrossedMean> ones = Map.of(1, all);
        QuantizerResult.Recalls recalls = new QuantizerResult.Recalls(ones, ones, ones);
        Advice advice = advice(1000, List.of(0L), 4000, 4000, measured("floats", 256, 0, recalls, recalls));
        assertThat(advice.target(0.99).neededQueries()).isEmpty();
        assertThat(new AdviceSentences(advice).shortfall(0.99)).isEqualTo("prediction too uncertain");
        assertThat(new AdviceSentences(advice).target(0.99))
                .startsWith(
                        "For a recall of 99%: the prediction for 4000 vectors from 900 is too uncertain to tell; search more"
                                + " (--max-vectors). The closest: floats (bits 256)");
    }

    /** A recall that is 0.00001 above the target takes a million times the 100 queries, and one next to it more than there are numbers. */
    @Test
    void doesNotAskForMillionsOfQueries() {
        for (double above : new double[] {1e-5, 1e-12}) {
            Advice advice = advice(measured("near", 8, 0.9, 0.95 + above), measured("large", 32, 0.97, 0.999));
            assertThat(new AdviceSentences(advice).notes())
                    .contains(
                            "Fewer bytes may be enough for a recall of 95%: near (bits 8) with 8 bytes finds 95.0% at 2x"
                                    + " (94.0% to 96.0%). That is so near that more than 10000 queries are needed to tell.");
            Advice alone = advice(measured("near", 8, 0.9, 0.95 + above));
            assertThat(new AdviceSentences(alone).shortfall(0.95)).isEqualTo("needs more than 10000 queries");
            assertThat(alone.target(0.95).neededQueries().orElseThrow()).isGreaterThan(10_000);
            assertThat(new AdviceSentences(alone).target(0.95))
                    .startsWith(
                            "For a recall of 95%: 100 queries are too few to tell. The recall of the closest quantizer is so"
                                    + " near that more than 10000 are needed. The closest: near (bits 8)");
        }
    }

    @Test
    void whatReachesATargetOverAllQueriesAloneIsExploratory() {
        Map<Integer, CrossedMean> shown = Map.of(1, new CrossedMean(0.98, 0, 149, 0.96, 0.99, 1, 1));
        Map<Integer, CrossedMean> missed = Map.of(1, new CrossedMean(0.97, 0, 149, 0.94, 0.99, 1, 1));
        QuantizerResult small = measured("small", 8, 0, new QuantizerResult.Recalls(shown, missed, shown), null);
        QuantizerResult large = measured("large", 16, 0, new QuantizerResult.Recalls(shown, shown, shown), null);
        Advice advice = advice(300, List.of(0L), 900, 900, small, large);
        assertThat(advice.target(0.95).nearest().quantizer().name()).isEqualTo("large");
        assertThat(new AdviceSentences(advice).notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith(
                                "Exploratory: over all queries, small (bits 8) with 8 bytes reaches a recall of 95% at 1x (96.0% to"
                                        + " 99.0%), but not over those that choose."));
        assertThat(new AdviceSentences(advice(300, List.of(0L), 900, 900, large)).notes())
                .noneSatisfy(note -> assertThat(note).startsWith("Exploratory"));
    }

    @Test
    void notesTellOfQueriesCopiesAndGroups() {
        Advice whole = advice(measured("one", 8, 0.9, 0.97));
        assertThat(new AdviceSentences(whole).notes())
                .satisfiesExactly(
                        queries -> assertThat(queries).contains("pass real queries with --queries"),
                        copies -> assertThat(copies).startsWith("3 of the 900 searched vectors equal another one."));
        assertThat(new AdviceSentences(advice(100, List.of(0L), 4000, 4000, measured("one", 8, 0.9, 0.97))).notes())
                .last()
                .satisfies(groups -> assertThat(groups)
                        .startsWith("The neighbors of 25% of the queries are groups of near-copies."));
    }

    /** Of 900 vectors and 10 neighbors, nothing can be said beyond 9,000. */
    @Test
    void aSampleThatIsTooSmallReachesNoTarget() {
        Advice advice = advice(100, List.of(0L), 20_000, 9000, sampled("texts", 48, 0.985, 0.98));
        assertThat(advice.target(0.95).choice()).isEmpty();
        assertThat(advice.target(0.95).reached()).isTrue();
        assertThat(advice.target(0.95).alternatives()).isEmpty();
        assertThat(new AdviceSentences(advice).target(0.95))
                .startsWith(
                        "For a recall of 95%: not predictable for 20000 vectors, as 900 are searched and 2000 have to be"
                                + " (--max-vectors). Among 9000, texts (bits 48)")
                .contains("is predicted to reach a recall@10 of 98.0% among 9000 vectors");
        assertThat(new AdviceSentences(advice).target(0.99))
                .contains("Among 9000, no measured quantizer reaches it. The closest: texts (bits 48)");
        assertThat(new AdviceSentences(advice).notes())
                .contains(
                        "To predict recall for 20000 vectors, 2000 have to be searched, not 900. Repeat the command with"
                                + " --max-vectors 2000 and a file of at least 4445 random vectors.");
        // No more than 50,000 are for fitting, and 1,000 for queries.
        assertThat(new AdviceSentences(advice(100, List.of(0L), 1_000_000, 9000, sampled("texts", 48, 0.985, 0.98)))
                        .notes())
                .anyMatch(note -> note.contains("--max-vectors 100000 and a file of at least 151000 random vectors"));
    }
}
