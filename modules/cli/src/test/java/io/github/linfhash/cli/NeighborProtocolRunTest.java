package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void whatInitWritesRunsAndItsPageHasNeighbors() throws IOException {
        succeed("init --vectors %s --relevance neighbors --out %s", data.resolve("x.npy"), protocol);
        succeed("run --protocol %s --seeds 0 --out F/out", protocol);
        Results results = ResultsJson.read(root.resolve("out/results.json"));
        assertThat(results.runs()).noneMatch(RunResult::failed).hasSizeGreaterThan(15);
        assertThat(root.resolve("out/index.html"))
                .content()
                .contains("Retrieval quality")
                .doesNotContain("not run");
        succeed(
                "init --vectors %s --relevance neighbors --labels %s --out %s --force",
                data.resolve("x.npy"), data.resolve("y.npy"), protocol);
        assertThat(protocol).content().contains("relevance: same-class", "- name: class-codes");
    }

    @Test
    void imagesHaveNoNeighbors() {
        assertThat(badInput("init --images %s --relevance neighbors --out %s", data, protocol))
                .contains("--relevance neighbors: expected --vectors");
    }
}
