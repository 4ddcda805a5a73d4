package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Own vectors whose codes are measured by the neighbors that they keep. */
class NeighborProtocolRunTest extends ProgramOnTinyHome {
    private static final int ROWS = 400;
    private static final int DIMENSION = 32;

    private Path data = Path.of("");
    private Path protocol = Path.of("");

    @BeforeEach
    void writeVectors() throws IOException {
        data = Files.createDirectories(root.resolve("own"));
        protocol = data.resolve("my.yaml");
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
        FeatureArrays.write(data.resolve("x.npy"), FeatureMatrix.owning(ROWS, DIMENSION, values));
        LabelArrays.write(data.resolve("y.npy"), ClassLabels.of(classes));
    }

    private void init(String options, Object... arguments) {
        succeed("init --vectors " + data + "/x.npy --relevance neighbors --out " + protocol + options, arguments);
    }

    private Results reproduce(String options) throws IOException {
        return reproduceTo("out", options);
    }

    private Results reproduceTo(String folder, String options) throws IOException {
        succeed("run --protocol " + protocol + " --seeds 0 --out F/" + folder + options);
        return ResultsJson.read(root.resolve(folder + "/results.json"));
    }

    @Test
    void floatsKeepAllOfTheirNeighborsAndNothingTakesMoreBytesThanItsColumn() throws IOException {
        init("");
        Results results = reproduce("");
        assertThat(results.runs()).noneMatch(RunResult::failed).hasSizeGreaterThan(15);
        for (RunResult run : results.runs()) {
            assertThat(run.metrics().get(StandardMetrics.BYTES.key()))
                    .as(run.key().toString())
                    .isLessThanOrEqualTo(run.key().bits() / 8.0);
        }
        assertThat(results.runs("float32", 32 * DIMENSION))
                .singleElement()
                .satisfies(
                        run -> assertThat(run.metrics().get("neighborRecall@1")).isEqualTo(1));
        // Without labels, what is relevant are the neighbors: of 10 relevant ones, all are first.
        assertThat(results.runs("float32", 32 * DIMENSION))
                .singleElement()
                .satisfies(run -> assertThat(run.metrics().get("map")).isEqualTo(1));
        assertThat(Files.readString(root.resolve("out").resolve("index.html")))
                .contains("Retrieval quality")
                .doesNotContain("not run");
    }

    /** Where each vector has 15 copies, ten of which are listed as the nearest, any ten of them are the nearest. */
    @Test
    void floatsFindTheNeighborsOfVectorsWithCopies() throws IOException {
        float[] values = FeatureArrays.read(data.resolve("x.npy")).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i % (25 * DIMENSION)];
        }
        FeatureArrays.write(data.resolve("x.npy"), FeatureMatrix.owning(ROWS, DIMENSION, values));
        init("");
        Results results = reproduce(" --methods float32");
        assertThat(results.runs()).singleElement().satisfies(run -> {
            assertThat(metric(run, "neighborRecall@1")).isEqualTo(1);
            assertThat(metric(run, "map")).isEqualTo(1);
        });
    }

    @Test
    void moreOversamplingFindsNoFewer() throws IOException {
        init(" --labels %s", data.resolve("y.npy"));
        Results results = reproduce(" --methods rabitq,class-codes");
        assertThat(results.runs()).isNotEmpty().allSatisfy(run -> {
            List<Double> recalls = StandardMetrics.NEIGHBOR_RECALLS.stream()
                    .map(recall -> run.metrics().get(recall.key()))
                    .toList();
            assertThat(recalls).isSorted();
        });
        // Class codes keep classes, not neighbors.
        RunResult classes = results.runs("class-codes", 16).get(0);
        assertThat(classes.metrics().get("map")).isGreaterThan(0.8);
    }

    /** Where there are no more vectors than centers, those that codebooks were learned on lose nothing, and others do. */
    @Test
    void codebooksAreLearnedOnTheHalfThatTheRowNames() throws IOException {
        init("");
        Files.writeString(protocol, Files.readString(protocol).replace("  - name: pq\n", """
                                  - name: pq
                                    variant: searched-half
                                    trainedOn: searched-half
                                  - name: pq
                                    variant: other-half
                                    trainedOn: other-half
                                """));
        Results results = reproduce(" --methods pq");
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

    private static double metric(RunResult run, String key) {
        return Objects.requireNonNull(run.metrics().get(key), key);
    }

    @Test
    void aSecondCommandComputesNothingAnew() throws IOException {
        init("");
        Results first = reproduce(" --methods rabitq");
        Results second = reproduce(" --methods rabitq");
        assertThat(second.runs().stream().map(RunResult::seconds).toList())
                .isEqualTo(first.runs().stream().map(RunResult::seconds).toList());
    }

    /** Whatever is computed, and wherever results go. */
    @Test
    void exactNeighborsOfASeedAreFoundOnce() throws IOException {
        init("");
        Results first = reproduceTo("one", " --methods rabitq");
        List<Path> kept = kept();
        assertThat(kept).hasSize(1);
        Results second = reproduceTo("two", " --methods rabitq");
        assertThat(second.runs().stream().map(RunResult::metrics).toList())
                .isEqualTo(first.runs().stream().map(RunResult::metrics).toList());
        reproduceTo("three", " --methods sign");
        assertThat(kept()).isEqualTo(kept);
        Files.write(kept.get(0), new byte[100]);
        Results third = reproduceTo("four", " --methods rabitq");
        assertThat(Files.size(kept.get(0))).isGreaterThan(100);
        assertThat(third.runs().stream().map(RunResult::metrics).toList())
                .isEqualTo(first.runs().stream().map(RunResult::metrics).toList());
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("cache").resolve("neighbors"))) {
            return files.filter(file -> file.toString().endsWith(".npy")).toList();
        }
    }

    @Test
    void methodsThatLearnFromLabelsAreRefusedWithoutThem() {
        init("");
        assertThat(badInput("run --protocol %s --methods ksh", protocol))
                .contains("expected unsupervised methods, as its data have no labels, found ksh");
    }

    @Test
    void anEncoderThatLearnsFromNeighborsNeedsNoLabels() throws IOException {
        init("");
        String text = Files.readString(protocol);
        String encoder = """
                methods:
                  - name: deep-linf
                    bits: [64]
                    options:
                      training:
                        {epochs: 2, pairs: in-batch, batch: {steps: 10}, supervision: SUPERVISION}
                """;
        assertThat(text).contains("\nmethods:\n");
        Files.writeString(protocol, text.replace("methods:\n", encoder.replace("SUPERVISION", "labels")));
        assertThat(badInput("run --protocol %s --methods deep-linf", protocol))
                .contains("as its data have no labels, found deep-linf");
        Files.writeString(protocol, text.replace("methods:\n", encoder.replace("SUPERVISION", "neighbors")));
        Results results = reproduce(" --methods deep-linf");
        assertThat(results.runs("deep-linf", 64)).singleElement().satisfies(run -> {
            assertThat(run.failed()).isFalse();
            assertThat(run.metrics().get("neighborRecall@1")).isGreaterThan(0.1);
        });
    }

    /** More bits keep more neighbors, and what a search prints is a protocol's methods. */
    @Test
    void optionsAreSearchedForNeighborsWithoutLabels() throws IOException {
        init("");
        Path space = Files.writeString(root.resolve("space.yaml"), """
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
                """);
        Path trace = root.resolve("trace.json");
        String tune = "tune --protocol %s --space %s --out %s --criteria neighborRecall@1 --methods deep-linf";
        succeed(tune, protocol, space, trace);
        assertThat(out.toString()).contains("name: deep-linf", "loss: regression", "optionsAt:");
        JsonNode lengths = new JsonMapper().readTree(trace.toFile()).at("/outcomes/deep-linf");
        List<Double> best = new ArrayList<>();
        for (String bits : List.of("4", "32")) {
            best.add(lengths.path(bits)
                    .at("/ranking/0/criteria/neighborRecall@1")
                    .asDouble());
            assertThat(lengths.path(bits).at("/ranking/0/trainings").asInt()).isEqualTo(2);
        }
        // By chance, a twentieth: ten of some two hundred others.
        assertThat(best.get(0)).isBetween(0.08, 0.4);
        assertThat(best.get(1)).isBetween(best.get(0) + 0.05, 0.95);

        badInput(tune + ",class-codes", protocol, space, trace);
        assertThat(err.toString())
                .contains("--criteria neighborRecall@1 is measured without labels, and class-codes trains on labels");
    }

    @Test
    void aRowThatIsNotThereIsSaid() {
        init("");
        assertThat(badInput("run --protocol %s --methods rabitq:bits-9", protocol))
                .contains("configurations of rabitq: expected one of rabitq:bits-1", "found 'rabitq:bits-9'");
    }

    @Test
    void imagesHaveNoNeighbors() {
        assertThat(badInput("init --images %s --relevance neighbors --out %s", data, protocol))
                .contains("--relevance neighbors: expected --vectors");
    }
}
