package io.github.linfhash.protocols.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.protocols.protocol.Protocol.Neighbors;
import io.github.linfhash.protocols.protocol.QuantizerEntry.TrainedOn;
import io.github.linfhash.protocols.split.RandomSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocols that measure codes by the float neighbors that they keep. */
class NeighborProtocolTest {
    private static final String GOOD = """
            schema: linfhash-protocol/1
            name: small
            title: A small protocol
            description: For tests.
            data: {features: x.npy}
            preprocessing: {center: none, normalize: none}
            split: {kind: random, queries: 10, training: 20}
            evaluation: {relevance: neighbors, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
            neighbors: {count: 5, similarity: cosine}
            metrics: [neighborRecall@1, map]
            bits: [16, 12288]
            seeds: [0, 1]
            quantizers:
              - {name: rabitq, variant: bits-1, options: {bits: 1}, bits: [16], seeds: [1]}
            quick: {bits: [16], seeds: [0]}
            """;

    @TempDir
    private Path folder;

    private Protocol read(String yaml) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), yaml);
        return new ProtocolFiles(folder).read("small");
    }

    @Test
    void queriesMayComeFromAnotherDataSet() throws IOException {
        String good = GOOD.replace("{features: x.npy}", "{set: a, embedding: m, queries: b}");
        assertThat(read(good).data().shown()).isEqualTo("a, searched by b");
        assertThat(read(good).hash())
                .isNotEqualTo(read(good.replace(", queries: b", "")).hash());
        for (String wrong : List.of(
                good.replace("training: 20}", "training: 20, duplicates: drop}"),
                good.replace("relevance: neighbors", "relevance: same-class"),
                good.replace(
                        "kind: random, queries: 10, training: 20",
                        "kind: unseen-classes, unseen: 2, queriesPerClass: 1, trainingPerClass: 1"))) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("expected beside data.queries split.kind random without split.duplicates");
        }
    }

    @Test
    void queriesMayComeFromAnotherFile() throws IOException {
        String good = GOOD.replace("features: x.npy", "features: x.npy, queries: q.npy");
        assertThat(read(good).data().shown()).isEqualTo("x.npy, searched by q.npy");
        assertThat(read(good).conventions()).containsKey("data.queries");
        assertThat(read(good).hash()).isNotEqualTo(read(GOOD).hash());
        assertThat(read(good).hash())
                .isEqualTo(read(good.replace("q.npy", "elsewhere/r.npy")).hash());
        assertThatThrownBy(() -> read(good.replace("queries: q.npy", "queries: q.npy, labels: y.npy")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected no data.labels beside data.queries");
        assertThatThrownBy(() -> read(good.replace("training: 20}", "training: 20, duplicates: drop}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected beside data.queries split.kind random without split.duplicates");
    }

    @Test
    void isRead() throws IOException {
        Protocol protocol = read(GOOD);
        assertThat(protocol.neighbors()).isEqualTo(new Neighbors(5, Similarity.COSINE));
        assertThat(protocol.split()).isEqualTo(new RandomSplit(10, 20, null, null));
        assertThat(protocol.unlabeled()).isTrue();
        assertThat(protocol.methods()).isEmpty();
        QuantizerEntry entry = protocol.quantizers().get(0);
        assertThat(entry.entry()).isEqualTo("rabitq:bits-1");
        assertThat(entry.runsAt(16)).isTrue();
        assertThat(entry.runsAt(32)).isFalse();
        assertThat(entry.runsWith(1)).isTrue();
        assertThat(entry.runsWith(0)).isFalse();
    }

    @Test
    void quantizersAreFittedToTheDatabaseUnlessTheySay() throws IOException {
        assertThat(read(GOOD).quantizers().get(0).training()).isEqualTo(TrainedOn.DATABASE);
        Protocol other = read(GOOD.replace("variant: bits-1,", "variant: bits-1, trainedOn: other-half,"));
        assertThat(other.quantizers().get(0).training()).isEqualTo(TrainedOn.OTHER_HALF);
    }

    @Test
    void neighborsAreRulesAndTheirNumberCounts() throws IOException {
        String hash = read(GOOD).hash();
        assertThat(read(GOOD.replace("count: 5", "count: 6")).hash()).isNotEqualTo(hash);
        assertThat(read(GOOD.replace("seeds: [0, 1]", "seeds: [1, 0]")).hash()).isEqualTo(hash);
        // Queries of any seed never train.
        assertThat(read(GOOD.replace("seeds: [0, 1]", "seeds: [0]")).hash()).isNotEqualTo(hash);
    }

    /** Results of before have other hashes, as their numbers are others. */
    @Test
    void theRuleOfTiesIsAmongTheRules() throws IOException {
        assertThat(read(GOOD).conventions())
                .containsEntry("neighbors.count", "5")
                .containsEntry("neighbors.similarity", "cosine")
                .containsEntry("neighbors.ties", "count-like-last");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'neighbors: {count: 5, similarity: cosine}\n' | '' | expected the key 'neighbors' beside 'quantizers'",
                "count: 5 | count: 0 | neighbors: count: expected a whole number from 1 to 1000, found 0",
                "relevance: neighbors | relevance: same-class | expected data.labels, or evaluation.relevance neighbors",
                "selfMatch: exclude | selfMatch: include | expected evaluation.selfMatch exclude",
                "variant: bits-1 | variant: 1-bit | expected as variant of rabitq lower-case words with dashes, found '1-bit'",
                "'quantizers:\n' | 'methods: [{name: rabitq}]\nquantizers:\n' | either in 'methods' or in 'quantizers', found rabitq in both",
            })
    void whatDoesNotFitIsSaid(String good, String bad, String sentence) {
        String from = good.replace("\\n", "\n");
        String to = bad == null ? "" : bad.replace("\\n", "\n");
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> read(GOOD.replace(from, to)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void textsNeedTheNameOfAModelInTheSetsEntry() throws IOException {
        Protocol protocol =
                read(GOOD.replace("data: {features: x.npy}", "data: {set: clinc150, embedding: e5-small-v2}"));
        assertThat(protocol.data()).isEqualTo(new DataSource.OfSet("clinc150", null, "e5-small-v2", null));
        assertThatThrownBy(() -> read(GOOD.replace("features: x.npy", "features: x.npy, embedding: e5-small-v2")))
                .hasMessageContaining("found embedding, features");
    }

    /** A key of a table that is misspelt was once passed over. */
    @Test
    void unknownKeysBesideVectorsAreRefused() {
        assertThatThrownBy(() -> read(GOOD.replace("features: x.npy", "features: x.npy, labelColum: species")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected one of delimiter, dimension, features, header, idColumn, indexBase,")
                .hasMessageContaining("found 'labelColum'");
    }
}
