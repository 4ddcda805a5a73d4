package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code linfhash advise} as a user has it. */
class AdviseTest extends ProgramOnTinyHome {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 32, 300, 30), 4);

    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), BLOBS.train());
        FeatureArrays.write(root.resolve("q.npy"), BLOBS.test());
        LabelArrays.write(root.resolve("y.npy"), BLOBS.trainLabels());
    }

    private int advise(String... more) {
        List<String> words = new ArrayList<>(List.of("advise", "--features=" + root.resolve("x.npy")));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    private JsonNode json(String... more) throws IOException {
        assertThat(advise(more)).as(err.toString()).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    @Test
    void jsonHasWhatItsSchemaSays() throws IOException {
        JsonNode json = json("--format=json", "--bytes=4,16", "--quantisers=sign,rabitq,pq", "--neighbours=5");
        assertThat(json.path("schema").asText()).isEqualTo("linfhash-advice/1");
        assertThat(json.path("vectors").path("rows").asInt()).isEqualTo(270);
        assertThat(json.path("vectors").path("queries").asInt()).isEqualTo(30);
        assertThat(json.path("vectors").path("dimension").asInt()).isEqualTo(32);
        assertThat(json.path("vectors").path("similarity").asText()).isEqualTo("cosine");
        assertThat(json.path("neighbours").asInt()).isEqualTo(5);
        assertThat(json.path("quantisers")).isNotEmpty().allSatisfy(quantiser -> {
            assertThat(quantiser.path("bytes").asInt()).isBetween(1, 16);
            double before = 0;
            for (String factor : List.of("1", "2", "3", "5", "10")) {
                double recall = quantiser.path("recall").path(factor).asDouble();
                assertThat(recall).isBetween(before, 1.0 + 1e-9);
                JsonNode interval = quantiser.path("interval").path(factor);
                assertThat(recall)
                        .isBetween(
                                interval.get(0).asDouble() - 1e-9,
                                interval.get(1).asDouble() + 1e-9);
                before = recall;
            }
        });
        JsonNode first = json.path("advice").get(0);
        assertThat(first.path("target").asDouble()).isEqualTo(0.95);
        assertThat(first.path("rescoredFloatsPerQuery").asLong())
                .isEqualTo(5L * 32 * first.path("oversampling").asLong());
        assertThat(first.path("sentence").asText())
                .startsWith("For a recall of 0.95: ")
                .endsWith(".");
    }

    @Test
    void labelsBringSupervisedMethods() throws IOException {
        JsonNode json = json(
                "--format=json",
                "--bytes=2",
                "--quantisers=hash-ldahash,hash-lsh",
                "--labels=" + root.resolve("y.npy"),
                "--queries=" + root.resolve("q.npy"));
        assertThat(json.path("vectors").path("rows").asInt()).isEqualTo(300);
        assertThat(json.path("quantisers"))
                .extracting(quantiser -> quantiser.path("name").asText())
                .containsExactlyInAnyOrder("hash-ldahash", "hash-lsh");
    }

    /** Queries that are rows of the database, too, are counted as such. */
    @Test
    void copiesOfQueriesAreCounted() throws IOException {
        FeatureArrays.write(root.resolve("copies.npy"), BLOBS.train().select(new int[] {3, 8, 20}));
        JsonNode json = json(
                "--format=json",
                "--bytes=4",
                "--quantisers=sign",
                "--similarity=euclidean",
                "--queries=" + root.resolve("copies.npy"));
        assertThat(json.path("vectors").path("exactDuplicatesOfQueries").asInt())
                .isEqualTo(3);
    }

    @Test
    void aFolderGetsTheJsonAndThePage() throws IOException {
        assertThat(advise("--bytes=4,8", "--quantisers=sign,rotated-sign,pq", "--out=" + root.resolve("advice")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("For a recall of 0.95: ", "For a recall of 0.99: ", "rotated-sign");
        assertThat(Files.readString(root.resolve("advice/index.html")))
                .contains("Which quantiser for these vectors", "For a recall of 0.95", "recall-bytes-1", "<svg");
        assertThat(new JsonMapper()
                        .readTree(root.resolve("advice/advice.json").toFile())
                        .path("schema")
                        .asText())
                .isEqualTo("linfhash-advice/1");
    }

    private void refused(String sentence, String... more) {
        assertThat(advise(more)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void badInputIsOneSentence() throws IOException {
        FeatureArrays.write(root.resolve("narrow.npy"), FeatureMatrix.owning(2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        refused(
                "narrow.npy: expected vectors of dimension 32 as in " + root.resolve("x.npy") + ", found 3",
                "--queries=" + root.resolve("narrow.npy"));
        refused("--neighbours: expected numbers from 1 to 270, found 271", "--neighbours=271");
        refused("--quantisers: expected names of sign, truncated-sign", "--quantisers=gold");
        refused("--bytes: expected numbers from 1 to 4096, found 0", "--bytes=0");
        out.getBuffer().setLength(0);
        assertThat(run("advise", "--features=" + zeros())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString())
                .contains("zeros.npy: expected vectors with a direction", "found only zeros in row 0");
    }

    private String zeros() throws IOException {
        FeatureArrays.write(root.resolve("zeros.npy"), FeatureMatrix.owning(40, 2, new float[80]));
        return root.resolve("zeros.npy").toString();
    }
}
