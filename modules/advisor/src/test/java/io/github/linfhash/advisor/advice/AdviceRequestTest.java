package io.github.linfhash.advisor.advice;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.testing.Blobs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviceRequestTest {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 32, 300, 30), 4);
    private static final AdviceRequest VECTORS = AdviceRequest.of(BLOBS.train());
    private static final AdviceRequest BOTH = VECTORS.withQueries(BLOBS.test());

    @TempDir
    Path folder;

    private static AdviceRequest.Selection selection(Set<String> slow, boolean screened) {
        return new AdviceRequest.Selection(List.of(), null, List.of(), labels -> Map.of(), slow, screened);
    }

    /** Returns the measurements of some quantizers; the well-known ones are measured to compare with. */
    private static List<QuantizerResult> named(Advice advice, String... names) {
        return advice.quantizers().stream()
                .filter(one -> List.of(names).contains(one.name()))
                .toList();
    }

    private static List<String> names(Advice advice) {
        return advice.quantizers().stream()
                .map(QuantizerResult::name)
                .distinct()
                .toList();
    }

    private static void assertOrdered(CrossedMean mean) {
        assertThat(mean.mean()).isBetween(mean.low() - 1e-9, mean.high() + 1e-9);
    }

    @Test
    void recallGrowsWithOversampling() {
        Advice advice = Advice.of(VECTORS.with(AdviceRequest.Question.DEFAULT.withNeighbors(5))
                .withBytes(4, 16)
                .withQuantizers("sign", "rabitq", "pq"));
        assertThat(advice.sample()).isEqualTo(new Advice.Sample(135, 135, 270, 270, 32, 30, true, 0));
        assertThat(named(advice, "rabitq", "pq")).isNotEmpty().allSatisfy(quantizer -> {
            assertThat(quantizer.bytes()).isBetween(1, 16);
            quantizer.recall().all().values().forEach(AdviceRequestTest::assertOrdered);
            assertThat(quantizer.recall().all().values())
                    .extracting(CrossedMean::mean)
                    .isSorted();
            Objects.requireNonNull(quantizer.predicted()).all().values().forEach(AdviceRequestTest::assertOrdered);
        });
        assertThat(named(advice, "pq"))
                .extracting(quantizer -> ((ProductQuantizer.Options) quantizer.options()).bits())
                .contains(4, 8);
    }

    @Test
    void prefixesAreMeasuredWhereTheyAreAskedFor() {
        Advice advice = Advice.of(VECTORS.with(AdviceRequest.Question.DEFAULT.withNeighbors(3))
                .withBytes(2)
                .with(AdviceRequest.Selection.DEFAULT
                        .withNames(List.of("truncated-sign"))
                        .withPrefixes(List.of(20, 24))));
        assertThat(named(advice, "truncated-sign"))
                .extracting(one -> one.options() instanceof Prefix.Options cut ? cut.prefix() : 0)
                .containsExactlyInAnyOrder(0, 0, 20, 20, 24, 24);
        assertBadInput(() -> Advice.of(VECTORS.with(AdviceRequest.Selection.DEFAULT.withPrefixes(List.of(32)))))
                .hasMessage("expected prefixes of 1 to 31 dimensions, fewer than the vectors have, found 32");
    }

    /** Nothing is rescored by what takes no more bytes than its code. */
    @Test
    void codesAreRescoredByLargerOnes() {
        Advice advice = Advice.of(VECTORS.with(AdviceRequest.Question.DEFAULT.withNeighbors(3))
                .withBytes(2, 36, 64, 128)
                .withQuantizers("truncated-sign", "int8", "float16", "float32"));
        assertThat(names(advice)).contains("truncated-sign", "int8", "float16", "float32");
        assertThat(advice.quantizers()).allSatisfy(quantizer -> {
            List<String> rescored = quantizer.rescored().stream()
                    .map(QuantizerResult.Rescored::from)
                    .toList();
            assertThat(rescored.contains("int8")).isEqualTo(quantizer.bytes() < 36);
            assertThat(rescored.contains("float16")).isEqualTo(quantizer.bytes() < 64);
        });
    }

    /** 50 and 20 times as many codes are measured, and never recommended by default. */
    @Test
    void recommendsNoMoreThanTheLargestOversampling() {
        Advice advice = Advice.of(VECTORS.with(new AdviceRequest.Question(
                        Similarity.COSINE, List.of(1), 2, AdviceRequest.Question.OVERSAMPLINGS, 3, List.of(0L)))
                .withQuantizers("truncated-sign"));
        QuantizerResult first = advice.quantizers().get(0);
        assertThat(first.at(50).mean()).isGreaterThan(first.at(3).mean());
        assertThat(advice.answer()).isNotEmpty().allMatch(row -> row.choice().oversampling() <= 3);
    }

    /** Blobs are far apart, so that full precision ranks by class; int8 loses next to nothing of it, 8 signs do. */
    @Test
    void labelMetricsAreComparedWithThoseOfFullPrecision() {
        Advice advice = Advice.of(BOTH.withLabels(BLOBS.trainLabels(), BLOBS.testLabels())
                .withBytes(2, 36)
                .withQuantizers("int8", "truncated-sign"));
        QuantizerResult.Labeled floats = Objects.requireNonNull(advice.labels());
        double ceiling = floats.map().mean();
        assertThat(ceiling).isBetween(0.3, 1.0);
        assertThat(floats.precision().mean()).isGreaterThan(0.5);
        for (QuantizerResult quantizer : named(advice, "int8", "truncated-sign")) {
            CrossedMean map = Objects.requireNonNull(quantizer.labels()).map();
            assertOrdered(map);
            if (quantizer.bytes() == 36) {
                assertThat(map.mean()).isCloseTo(ceiling, within(0.01));
            } else {
                assertThat(map.mean()).isLessThan(ceiling - 0.01);
            }
        }
        assertThat(Advice.of(VECTORS.withLabels(BLOBS.trainLabels(), null)
                                .withBytes(36)
                                .withQuantizers("int8"))
                        .labels())
                .isNotNull();
    }

    /** For each query, the first two vectors of its class have the grades 2 and 1; the last query has none. */
    private static Qrels judgments() {
        ClassLabels ofVectors = (ClassLabels) BLOBS.trainLabels();
        ClassLabels ofQueries = (ClassLabels) BLOBS.testLabels();
        int last = ofQueries.size() - 1;
        List<Map<Integer, Integer>> grades = IntStream.rangeClosed(0, last)
                .mapToObj(query -> {
                    Map<Integer, Integer> ofQuery = new TreeMap<>();
                    IntStream.range(0, query == last ? 0 : 300)
                            .filter(row -> ofVectors.get(row) == ofQueries.get(query))
                            .limit(2)
                            .forEach(row -> ofQuery.put(row, 2 - ofQuery.size()));
                    return ofQuery;
                })
                .toList();
        return Qrels.of(300, grades, 1, 1);
    }

    /** A brute-force reference over the judged queries. */
    private static double gainOfFullPrecision() {
        Qrels judgments = judgments();
        double sum = 0;
        for (int query : judgments.answered()) {
            double[] cosines = IntStream.range(0, 300)
                    .mapToDouble(row -> product(BLOBS.train(), row, BLOBS.test(), query)
                            / Math.sqrt(product(BLOBS.train(), row, BLOBS.train(), row)))
                    .toArray();
            int[] rows = judgments.rows(query);
            for (int i = 0; i < rows.length; i++) {
                double own = cosines[rows[i]];
                long before =
                        Arrays.stream(cosines).filter(cosine -> cosine > own).count();
                sum += before < 10 ? judgments.grades(query)[i] * Math.log(2) / Math.log(before + 2.0) : 0;
            }
        }
        return sum / (2 + Math.log(2) / Math.log(3)) / judgments.answered().length;
    }

    private static double product(FeatureMatrix one, int i, FeatureMatrix other, int j) {
        return IntStream.range(0, one.dimension())
                .mapToDouble(k -> (double) one.get(i, k) * other.get(j, k))
                .sum();
    }

    @Test
    void theGainByJudgmentsIsComparedWithThatOfFullPrecision() {
        AdviceRequest request = BOTH.withJudgments(judgments());
        Advice advice = Advice.of(request.withBytes(2, 36).withQuantizers("int8", "rotated-sign"));
        assertThat(advice.labels()).isNull();
        Advice.Judged judged = Objects.requireNonNull(advice.judged());
        double ceiling = judged.floats().mean();
        assertThat(ceiling).isCloseTo(gainOfFullPrecision(), within(1e-6));
        assertThat(judged.queries()).isEqualTo(BLOBS.test().rows() - 1);
        assertThat(advice.quantizers()).hasSizeGreaterThan(1).allSatisfy(quantizer -> {
            CrossedMean gain = Objects.requireNonNull(quantizer.gain());
            assertOrdered(gain);
            if (quantizer.bytes() == 36) {
                assertThat(gain.mean()).isCloseTo(ceiling, within(0.03));
            }
        });
    }

    /** Judged vectors are measured whatever the size of the sample, but count for the gain alone. */
    @Test
    void judgedVectorsAreAlwaysInTheSample() {
        AdviceRequest request = BOTH.withBytes(36).withQuantizers("int8").withMaxVectors(150);
        Advice sample = Advice.of(request.withJudgments(judgments()));
        assertThat(sample.sample().rows()).isEqualTo(150);
        Advice.Judged judged = Objects.requireNonNull(sample.judged());
        assertThat(judged.queries()).isEqualTo(judgments().answered().length);
        // With fewer others before them, the judged vectors are not further behind.
        assertThat(judged.floats().mean()).isGreaterThanOrEqualTo(gainOfFullPrecision() - 1e-6);
        Qrels two = Qrels.of(
                300,
                IntStream.range(0, BLOBS.test().rows())
                        .mapToObj(query -> query < 2 ? Map.of(query + 3, 1) : Map.<Integer, Integer>of())
                        .toList(),
                0,
                0);
        assertThat(Advice.of(request.withJudgments(two)).quantizers().get(0).recall())
                .isEqualTo(sample.quantizers().get(0).recall());
    }

    /** Equal times show that nothing is measured again; other labels are measured. */
    @Test
    void measurementsWithLabelsAndJudgmentsAreKept() {
        AdviceRequest request = BOTH.withBytes(2).withQuantizers("truncated-sign");
        AdviceRequest cached = new AdviceRequest(
                request.data(),
                request.question(),
                request.selection(),
                request.mostVectors(),
                new AdviceRequest.Resources(
                        FloatNeighbors::find, MeasureCache.in(folder, "code", Progress.NONE), Progress.NONE));
        AdviceRequest labeled = cached.withLabels(BLOBS.trainLabels(), BLOBS.testLabels());
        Advice first = Advice.of(labeled);
        assertThat(Advice.of(labeled)).isEqualTo(first);
        AdviceRequest judged = cached.withJudgments(judgments());
        assertThat(Advice.of(judged)).isEqualTo(Advice.of(judged));
        int[] classes = ((ClassLabels) BLOBS.trainLabels()).toArray();
        Arrays.setAll(classes, row -> (classes[row] + 1) % 5);
        assertThat(Advice.of(cached.withLabels(ClassLabels.of(classes), BLOBS.testLabels()))
                        .quantizers()
                        .get(0)
                        .labels())
                .isNotEqualTo(first.quantizers().get(0).labels());
    }

    @Test
    void tooSmallASampleIsNotPredictedFrom() {
        Advice small = Advice.of(VECTORS.with(AdviceRequest.Question.DEFAULT.withNeighbors(2))
                .withBytes(8)
                .withQuantizers("pq")
                .withMaxVectors(20));
        assertThat(small.sample().predictedRows()).isEqualTo(40);
        assertThat(small.target(0.95).choice()).isEmpty();
        assertThat(new AdviceSentences(small).target(0.95))
                .contains(
                        "not predictable for 270 vectors, as 20 are searched and 135 have to be (--max-vectors). Among 40, ");
        assertThat(new AdviceSentences(small).notes())
                .anyMatch(note -> note.contains("--max-vectors 135 and a file of at least 270 random vectors"));
        // Signs have nothing to learn, so that all vectors can be searched.
        Advice whole = Advice.of(VECTORS.withBytes(4).withQuantizers("sign", "pq"));
        assertThat(named(whole, "sign", "pq"))
                .isNotEmpty()
                .allSatisfy(quantizer -> assertThat(quantizer.predicted() != null)
                        .isEqualTo(quantizer.code().modelBytes() > 0)
                        .isEqualTo(quantizer.code().learned()));
    }

    @Test
    void manyQuantizersAreScreened() {
        AdviceRequest request = VECTORS.withBytes(4, 8);
        Advice screened = Advice.of(request);
        Advice.Screening screening =
                Objects.requireNonNull(screened.unmeasured().screening());
        assertThat(screening.rows()).isEqualTo(135);
        assertThat(screening.queries()).isEqualTo(15);
        assertThat(screening.dropped()).isNotEmpty().allSatisfy(one -> {
            assertThat(one.bytes()).isBetween(1, 8);
            assertThat(Objects.requireNonNull(one.recall().get(1))).isBetween(0.0, 1.0);
        });
        assertThat(screened.unmeasured().leftOut()).containsExactly("anti-sparse", "rq", "saq", "turbo-plus");
        Advice all = Advice.of(request.with(selection(Set.of(), false)));
        assertThat(all.unmeasured().screening()).isNull();
        assertThat(all.unmeasured().leftOut()).isEmpty();
        assertThat(names(all)).contains("pq", "opq", "rq");
        assertThat(all.quantizers().stream().filter(one -> !AdviceRequest.Selection.SLOW.contains(one.name())))
                .hasSize(screened.quantizers().size() + screening.dropped().size());
    }

    /** Whichever quantizers are named, the well-known ones are measured to compare with, but are not recommended. */
    @Test
    void namedQuantizersAreComparedWithTheKnownOnes() {
        Advice advice = Advice.of(VECTORS.withBytes(4).withQuantizers("pq", "rq"));
        assertThat(advice.answer())
                .extracting(row -> row.choice().quantizer().name())
                .contains("float32", "int8", "sign", "rabitq");
        assertThat(advice.answer().stream().filter(row -> row.target().isPresent()))
                .hasSize(2)
                .allMatch(row ->
                        Set.of("pq", "rq").contains(row.choice().quantizer().name()));
        assertBadInput(() -> Advice.of(VECTORS.withQuantizers("pqq")))
                .hasMessageStartingWith("quantizers: expected names of sign, truncated-sign, ")
                .hasMessageEndingWith("found 'pqq' (did you mean 'pq'?)");
    }

    /** Queries that are rows of the database, too, are counted as such. */
    @Test
    void copiesOfQueriesAreCounted() {
        Advice advice = Advice.of(VECTORS.withQueries(BLOBS.train())
                .with(AdviceRequest.Question.DEFAULT.by(Similarity.EUCLIDEAN))
                .withBytes(4)
                .withQuantizers("sign"));
        // Of the searched vectors, which are half of those that are no sampled queries.
        assertThat(advice.diagnosis().duplicates().exactDuplicatesOfQueries()).isEqualTo(135);
    }

    /** A sample of ten dense clusters is ten sparse ones, whose neighbors signs tell apart more easily. */
    @Test
    void aTargetThatOnlyASampleReachesDoesNotCountAsReached() {
        Blobs dense = Blobs.classes(new Blobs.Sizes(10, 64, 2000, 200), 1);
        AdviceRequest request =
                AdviceRequest.of(dense.train()).withQueries(dense.test()).withBytes(8, 68);
        AdviceRequest signs = request.withQuantizers("sign");
        assertThat(Advice.of(signs).target(0.95).choice()).isEmpty();
        Advice sample = Advice.of(signs.withMaxVectors(500));
        assertThat(sample.target(0.95).choice()).isEmpty();
        assertThat(named(sample, "sign"))
                .anySatisfy(one -> assertThat(
                                Objects.requireNonNull(one.recall().all().get(10))
                                        .mean())
                        .isGreaterThan(0.95))
                .allSatisfy(one -> assertThat(one.at(1).mean())
                        .isLessThan(Objects.requireNonNull(one.recall().all().get(1))
                                .mean()));
        Advice sure = Advice.of(request.withQuantizers("int8").withMaxVectors(500));
        assertThat(sure.target(0.95).choice())
                .hasValueSatisfying(
                        choice -> assertThat(choice.quantizer().bytes()).isEqualTo(68));
        assertThat(new AdviceSentences(sure).target(0.95))
                .contains("is predicted to reach a recall@10 of", "among 1800 vectors");
    }

    /** Signs lose norms that differ; where norms are equal, decoded vectors lose what the cosine makes up for. */
    @Test
    void aDotProductIsToldWhatNormsMean() {
        String equal =
                "All norms are nearly equal, so that --similarity cosine has the same neighbors, of which pq, opq, int8 and"
                        + " scalar quantization find more.";
        AdviceRequest request = VECTORS.withBytes(2).withQuantizers("truncated-sign");
        assertThat(notes(request.with(request.question().by(Similarity.DOT))))
                .contains(equal)
                .noneMatch(note -> note.startsWith("Norms differ"));
        assertThat(notes(request)).noneMatch(note -> note.contains("norms"));
        float[] values = BLOBS.train().toArray();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + k / 32 % 3;
        }
        assertThat(notes(AdviceRequest.of(FeatureMatrix.owning(values.length / 32, 32, values))
                        .with(AdviceRequest.Question.DEFAULT.by(Similarity.DOT))
                        .withBytes(2)
                        .withQuantizers("truncated-sign")))
                .doesNotContain(equal)
                .anyMatch(note -> note.startsWith(
                        "Norms differ (1.00 to 3.00), and the dot product counts them. Signs keep directions alone: "));
    }

    private static List<String> notes(AdviceRequest request) {
        return new AdviceSentences(Advice.of(request)).notes();
    }

    @Test
    void theCodesOfAnEngineAreChosenByNameAndBytes() {
        AdviceRequest lucene = VECTORS.withEngine(Engine.LUCENE);
        assertThat(names(Advice.of(lucene.withQuantizers("BBQ", "int8")))).containsExactly("int8", "BBQ");
        // 4 bytes of bits and 14 beside them; 8 and 14.
        assertThat(names(Advice.of(lucene.withBytes(18, 22)))).containsExactly("int2", "BBQ");
        assertThat(names(Advice.of(VECTORS.withEngine(Engine.FAISS).withQuantizers("SQ8", "binary-rotated", "PQ"))))
                .containsExactly("SQ8", "PQ", "binary-rotated");
        // hnsw.ef_search is at most 1000.
        Advice few = Advice.of(VECTORS.with(AdviceRequest.Question.DEFAULT.withNeighbors(120))
                .withEngine(Engine.PGVECTOR)
                .withQuantizers("halfvec"));
        assertThat(few.quantizers().get(0).recall().all()).containsOnlyKeys(1, 2, 3, 5);
    }
}
