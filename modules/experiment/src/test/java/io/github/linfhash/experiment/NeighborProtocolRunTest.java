package io.github.linfhash.experiment;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.tuning.Criterion;
import io.github.linfhash.experiment.tuning.Journal;
import io.github.linfhash.experiment.tuning.SearchSpace;
import io.github.linfhash.experiment.tuning.Tuning;
import io.github.linfhash.experiment.tuning.TuningData;
import io.github.linfhash.experiment.tuning.TuningResult;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Own vectors whose codes are measured by the neighbors that they keep. */
class NeighborProtocolRunTest extends OnTinyHome {
    private static final int ROWS = 400;
    private static final int DIMENSION = 32;

    private static final String PROTOCOL = """
            schema: linfhash-protocol/1
            name: near
            title: Vectors
            description: For a test.
            data: {features: ../x.npy}
            preprocessing: {center: training-mean, normalize: l2}
            split: {kind: random, queries: 40, training: 180}
            evaluation: {relevance: neighbors, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            neighbors: {count: 10, similarity: cosine}
            metrics: [neighborRecall@1, neighborRecall@2, neighborRecall@3, neighborRecall@5, neighborRecall@10, map]
            bits: [32, 96, 1024]
            seeds: [0]
            quantizers:
              - {name: rabitq, variant: bits-1, options: {bits: 1, queryBits: 4}}
              - {name: pq}
              - {name: float32}
            methods:
              - {name: lsh, bits: [32]}
            quick: {bits: [32], seeds: [0]}
            """;

    @BeforeEach
    void writeVectors() throws IOException {
        UniformRandomProvider random = new RandomStreams(3).stream("points");
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        float[] values = new float[ROWS * DIMENSION];
        int[] classes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            classes[i] = i % 4;
            for (int j = 0; j < DIMENSION; j++) {
                values[i * DIMENSION + j] = (float) (normal.sample() + (j % 4 == i % 4 ? 2 : 0));
            }
        }
        FeatureArrays.write(path("x.npy"), FeatureMatrix.owning(ROWS, DIMENSION, values));
        LabelArrays.write(path("y.npy"), ClassLabels.of(classes));
        Files.writeString(path("protocols/near.yaml"), PROTOCOL);
    }

    private void addLabels() throws IOException {
        edit("near", "x.npy", "x.npy, labels: ../y.npy");
        edit("near", "relevance: neighbors", "relevance: same-class");
    }

    private Results runTo(String folder, String... methods) throws IOException {
        return Experiment.of("near").with(Selection.ALL.ofMethods(methods)).run(path(folder));
    }

    private static double metric(RunResult run, String key) {
        return Objects.requireNonNull(run.metrics().get(key), key);
    }

    @Test
    void floatsKeepAllOfTheirNeighborsAndNothingTakesMoreBytesThanItsColumn() throws IOException {
        Results results = run("near", Selection.ALL);
        assertThat(results.runs()).noneMatch(RunResult::failed).hasSizeGreaterThan(4);
        for (RunResult run : results.runs()) {
            assertThat(metric(run, StandardMetrics.BYTES.key()))
                    .as(run.key().toString())
                    .isLessThanOrEqualTo(run.key().bits() / 8.0);
        }
        // Without labels, what is relevant are the neighbors: of 10 relevant ones, all are first.
        assertThat(results.runs("float32", 32 * DIMENSION)).singleElement().satisfies(run -> {
            assertThat(metric(run, "neighborRecall@1")).isEqualTo(1);
            assertThat(metric(run, "map")).isEqualTo(1);
        });
    }

    @Test
    void queriesOfAnotherFileSearchAllVectors() throws IOException {
        float[] values = FeatureArrays.read(path("x.npy")).toArray();
        FeatureArrays.write(
                path("q.npy"), FeatureMatrix.owning(100, DIMENSION, Arrays.copyOf(values, 100 * DIMENSION)));
        edit("near", "x.npy", "x.npy, queries: ../q.npy");
        Results results = run("near", Selection.ALL.ofMethods("float32"));
        assertThat(results.protocol().sizes().database()).isEqualTo(ROWS);
        assertThat(results.protocol().dataset().facts()).contains("queries are from another file: q.npy");
        assertThat(results.runs())
                .singleElement()
                .satisfies(run -> assertThat(metric(run, "neighborRecall@1")).isEqualTo(1));
        FeatureArrays.write(path("q.npy"), FeatureMatrix.owning(100, 2, Arrays.copyOf(values, 200)));
        InputErrors.assertOneSentence(
                () -> run("near", Selection.ALL.ofMethods("float32")),
                "q.npy: expected vectors of " + DIMENSION + " dimensions, as data.features has, found 2");
    }

    /** Where each vector has 15 copies, ten of which are listed as the nearest, any ten of them are the nearest. */
    @Test
    void floatsFindTheNeighborsOfVectorsWithCopies() throws IOException {
        float[] values = FeatureArrays.read(path("x.npy")).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i % (25 * DIMENSION)];
        }
        FeatureArrays.write(path("x.npy"), FeatureMatrix.owning(ROWS, DIMENSION, values));
        Results results = run("near", Selection.ALL.ofMethods("float32"));
        assertThat(results.runs()).singleElement().satisfies(run -> {
            assertThat(metric(run, "neighborRecall@1")).isEqualTo(1);
            assertThat(metric(run, "map")).isEqualTo(1);
        });
    }

    @Test
    void moreOversamplingFindsNoFewer() throws IOException {
        addLabels();
        Results results =
                run("near", Selection.ALL.ofMethods("rabitq", "class-codes").atBits(32, 96));
        assertThat(results.runs())
                .isNotEmpty()
                .allSatisfy(run -> assertThat(
                                StandardMetrics.NEIGHBOR_RECALLS.stream().map(recall -> metric(run, recall.key())))
                        .isSorted());
        // Class codes keep classes, not neighbors.
        assertThat(metric(results.runs("class-codes", 32).get(0), "map")).isGreaterThan(0.8);
    }

    /** Where there are no more vectors than centers, those that codebooks were learned on lose nothing, and others do. */
    @Test
    void codebooksAreLearnedOnTheHalfThatTheRowNames() throws IOException {
        edit("near", "  - {name: pq}\n", """
                  - {name: pq, variant: searched-half, trainedOn: searched-half}
                  - {name: pq, variant: other-half, trainedOn: other-half}
                """);
        Results results = runTo("out", "pq");
        assertThat(results.runs()).noneMatch(RunResult::failed).hasSizeGreaterThan(2);
        for (RunResult run : results.runs()) {
            boolean own = run.key().variant().equals("searched-half");
            assertThat(metric(run, "neighborRecall@1") == 1)
                    .as(run.key().toString())
                    .isEqualTo(own);
            // Of 400 rows 40 are queries, and 180 of the others are searched.
            double model = Objects.requireNonNull(run.modelBytes());
            assertThat(metric(run, "bytesAtN")).isEqualTo(metric(run, "codeBytes") + model / 180);
        }
    }

    /** Whatever is computed, and wherever results go. */
    @Test
    void exactNeighborsOfASeedAreFoundOnce() throws IOException {
        Results first = runTo("one", "rabitq");
        List<Path> kept = kept();
        assertThat(kept).hasSize(1);
        // A second run in the same folder computes nothing.
        assertThat(runTo("one", "rabitq").runs())
                .extracting(RunResult::seconds)
                .isEqualTo(first.runs().stream().map(RunResult::seconds).toList());
        List<?> metrics = first.runs().stream().map(RunResult::metrics).toList();
        assertThat(runTo("two", "rabitq").runs()).extracting(RunResult::metrics).isEqualTo(metrics);
        runTo("three", "float32");
        assertThat(kept()).isEqualTo(kept);
        Files.write(kept.get(0), new byte[100]);
        assertThat(runTo("four", "rabitq").runs())
                .extracting(RunResult::metrics)
                .isEqualTo(metrics);
        assertThat(Files.size(kept.get(0))).isGreaterThan(100);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(path("cache/neighbors"))) {
            return files.filter(file -> file.toString().endsWith(".npy")).toList();
        }
    }

    @Test
    void methodsThatLearnFromLabelsAreRefusedWithoutThem() throws IOException {
        assertBadInput(() -> runTo("out", "ksh"))
                .hasMessageContaining("expected unsupervised methods, as its data have no labels, found ksh");
        String encoder = "methods:\n  - {name: deep-linf, bits: [64], options: {training: {epochs: 2, pairs: in-batch,"
                + " batch: {steps: 10}, supervision: SUPERVISION}}}\n";
        edit("near", "methods:\n", encoder.replace("SUPERVISION", "labels"));
        edit("near", "bits: [32, 96, 1024]", "bits: [32, 64, 96, 1024]");
        assertBadInput(() -> runTo("out", "deep-linf"))
                .hasMessageContaining("as its data have no labels, found deep-linf");
        edit("near", "supervision: labels", "supervision: neighbors");
        assertThat(runTo("out", "deep-linf").runs("deep-linf", 64))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.failed()).isFalse();
                    assertThat(metric(run, "neighborRecall@1")).isGreaterThan(0.1);
                });
    }

    @Test
    void aConfigurationThatIsNotThereIsSaid() {
        assertBadInput(() -> runTo("out", "rabitq:bits-9"))
                .hasMessageContaining("configurations of rabitq: expected one of rabitq:bits-1, found 'rabitq:bits-9'");
    }

    /** More bits keep more neighbors. */
    @Test
    void optionsAreChosenByNeighborsWithoutLabels() throws IOException {
        SearchSpace space = SearchSpace.read(Files.writeString(path("space.yaml"), """
                schema: linfhash-tuning/2
                description: For a test.
                trials: 2
                folds: 2
                trainings: 1
                criteria: [map]
                epochs: {finalists: 1, factors: []}
                bits: [4, 32]
                methods:
                  deep-linf:
                    lambda: {values: [0.1, 0.3]}
                    gain.rule: {values: [fixed]}
                    gain.value: {values: [1]}
                    dictionary.iterations: {values: [3]}
                    training.loss: {values: [regression]}
                    training.pairs: {values: [in-batch]}
                    training.epochs: {values: [2]}
                  class-codes:
                    gamma: {values: [1]}
                """))
                .withCriteria(List.of(Criterion.of("neighborRecall@1")));
        Tuning.requirePossible(space, List.of("deep-linf"), TrainingDevice.DEFAULT);
        assertBadInput(() -> Tuning.requirePossible(space, List.of("deep-linf", "class-codes"), TrainingDevice.DEFAULT))
                .hasMessageContaining(
                        "--criteria neighborRecall@1 is measured without labels, and class-codes trains on labels");
        TuningData rows = TuningData.withNeighbors(protocol("near"), prepare("near", Progress.NONE), 0);
        TuningResult result = new Tuning(space, 0, 2, Journal.none(), TrainingDevice.DEFAULT, Progress.NONE, false)
                .run(protocol("near"), List.of("deep-linf"), rows, "tune");
        assertThat(result.yaml()).contains("name: deep-linf", "loss: regression");
        JsonNode lengths = new JsonMapper().readTree(result.json()).at("/outcomes/deep-linf");
        List<Double> best = new ArrayList<>();
        for (String bits : List.of("4", "32")) {
            JsonNode first = lengths.path(bits).at("/ranking/0");
            best.add(first.at("/criteria/neighborRecall@1").asDouble());
            assertThat(first.at("/trainings").asInt()).isEqualTo(2);
        }
        // By chance, a twentieth: ten of some two hundred others.
        assertThat(best.get(0)).isBetween(0.08, 0.4);
        assertThat(best.get(1)).isBetween(best.get(0) + 0.05, 0.95);
    }
}
