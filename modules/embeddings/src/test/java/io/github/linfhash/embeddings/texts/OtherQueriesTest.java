package io.github.linfhash.embeddings.texts;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.protocols.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A protocol whose queries come from another data set of texts. */
class OtherQueriesTest {
    private static final int SEARCHED = 12;
    private static final int ASKED = 8;

    @TempDir
    Path folder;

    @BeforeEach
    void twoDataSets() throws IOException {
        dataSet("animals", SEARCHED);
        dataSet("plants", ASKED);
        protocol("plants");
    }

    private void dataSet(String name, int rows) throws IOException {
        StringBuilder texts = new StringBuilder("text,category\n");
        for (int i = 0; i < rows; i++) {
            texts.append(String.format(Locale.ROOT, "%s number %d,%s%n", name, i, i % 2 == 0 ? "even" : "odd"));
        }
        Path file = Files.createDirectories(folder.resolve("datasets/" + name)).resolve("texts.csv");
        Files.writeString(file, texts);
        Files.writeString(
                folder.resolve("datasets/" + name + ".yaml"),
                String.format(Locale.ROOT, """
                    name: %s
                    title: Some %s
                    origin: {homepage: "https://example.org", license: none, citation: none}
                    content: {format: text-table, rows: %d, labels: 2}
                    files:
                      layouts: [[texts.csv]]
                      files: [{path: texts.csv, urls: [], size: %d, checksums: {sha256: %s}}]
                      sources: []
                      instructions: none
                    """, name, name, rows, Files.size(file), Digests.sha256(file)));
    }

    private void protocol(String queries) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), String.format(Locale.ROOT, """
            schema: linfhash-protocol/1
            name: mine
            title: Animals, asked by plants
            description: For a test.
            data: {set: animals, embedding: all-minilm-l6-v2, queries: %s}
            preprocessing: {center: none, normalize: none}
            split: {kind: random, queries: 5, training: 2}
            evaluation: {relevance: neighbors, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            neighbors: {count: 3, similarity: cosine}
            bits: [384]
            seeds: [0, 1]
            quantizers: [{name: sign, options: {centered: false, distance: hamming}}]
            """, queries));
    }

    private FeatureData prepare() throws IOException {
        Protocol protocol = new ProtocolFiles(folder).read("mine");
        return new Preparation(new ProjectHome(folder, folder.resolve("cache")), folder, Progress.NONE)
                .prepare(protocol, null);
    }

    @Test
    void vectorsOfBothAreThereAndOnlyThoseOfTheFirstAreSearched() throws IOException {
        FeatureData data = prepare();
        assertThat(data.raw().rows()).isEqualTo(SEARCHED + ASKED);
        Split split = data.splits(new ProtocolFiles(folder).read("mine")).draw(1);
        assertThat(Arrays.stream(split.database())).hasSize(SEARCHED).allMatch(row -> row < SEARCHED);
        assertThat(Arrays.stream(split.query())).hasSize(5).allMatch(row -> row >= SEARCHED);
        // The vectors of the data set alone come first.
        Files.writeString(
                folder.resolve("mine.yaml"),
                Files.readString(folder.resolve("mine.yaml")).replace(", queries: plants", ""));
        FeatureData alone = prepare();
        for (int i = 0; i < SEARCHED; i++) {
            for (int j = 0; j < alone.raw().dimension(); j++) {
                assertThat(data.raw().get(i, j)).isEqualTo(alone.raw().get(i, j));
            }
        }
    }

    @Test
    void theDataSetItselfIsNoOther() throws IOException {
        protocol("animals");
        assertOneSentence(
                this::prepare, "data.queries: expected another data set of texts than animals", "found animals");
    }
}
