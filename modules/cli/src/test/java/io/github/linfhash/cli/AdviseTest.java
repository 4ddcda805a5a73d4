package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.stream.IntStream;
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
        LabelArrays.write(root.resolve("qy.npy"), BLOBS.testLabels());
    }

    private int advise(String... more) {
        List<String> words = new ArrayList<>(List.of("advise", "--features=" + root.resolve("x.npy")));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    private JsonNode json(String... more) throws IOException {
        out.getBuffer().setLength(0);
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

    /** Blobs are far apart, so that floats rank by class; int8 loses next to nothing of them, 8 signs do. */
    @Test
    void labelMetricsStandBesideThoseOfFloats() throws IOException {
        JsonNode json = json(
                "--format=json",
                "--bytes=2,36",
                "--quantisers=int8,truncated-sign",
                "--labels=" + root.resolve("y.npy"),
                "--queries=" + root.resolve("q.npy"),
                "--query-labels=" + root.resolve("qy.npy"));
        double ceiling = json.path("floats").path("map").asDouble();
        assertThat(ceiling).isBetween(0.3, 1.0);
        assertThat(json.path("floats").path("precision10").asDouble()).isGreaterThan(0.5);
        for (JsonNode quantiser : json.path("quantisers")) {
            double map = quantiser.path("map").asDouble();
            assertThat(map)
                    .isBetween(
                            quantiser.path("mapInterval").get(0).asDouble() - 1e-9,
                            quantiser.path("mapInterval").get(1).asDouble() + 1e-9);
            if (quantiser.path("name").asText().equals("int8")
                    && quantiser.path("bytes").asInt() == 36) {
                assertThat(map).isCloseTo(ceiling, within(0.01));
            } else {
                assertThat(map).isLessThan(ceiling - 0.01);
            }
        }
        assertThat(advise("--bytes=36", "--quantisers=int8", "--labels=" + root.resolve("y.npy")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("floats have mAP", "mAP", "P@10");
    }

    @Test
    void ofALargeDatabaseAPartIsMeasured() throws IOException {
        JsonNode json = json(
                "--format=json", "--bytes=8", "--quantisers=rabitq,pq", "--rows=160", "--out=" + root.resolve("part"));
        assertThat(json.path("vectors").path("rows").asInt()).isEqualTo(160);
        assertThat(json.path("vectors").path("givenRows").asInt()).isEqualTo(270);
        assertThat(json.path("quantisers")).isNotEmpty().allSatisfy(quantiser -> {
            JsonNode trend = quantiser.path("trend");
            assertThat(trend).extracting(part -> part.path("rows").asInt()).containsExactly(40, 80, 160);
            assertThat(trend.get(2).path("recall")).isEqualTo(quantiser.path("recall"));
            // Of 40 rows the best 100 by code are all.
            assertThat(trend.get(0).path("recall").path("10").asDouble()).isEqualTo(1);
        });
        assertThat(Files.readString(root.resolve("part/index.html"))).contains("recall-rows", "drawn from 270");
        JsonNode whole = json("--format=json", "--bytes=8", "--quantisers=pq", "--rows=270");
        assertThat(whole.path("quantisers").get(0).has("trend")).isFalse();
    }

    @Test
    void whatIsLeftOutIsNamed() throws IOException {
        JsonNode json = json("--format=json", "--bytes=8", "--seeds=0");
        assertThat(json.path("leftOut")).extracting(JsonNode::asText).containsExactly("anti-sparse", "hash-itq");
        assertThat(json.path("quantisers"))
                .extracting(quantiser -> quantiser.path("name").asText())
                .contains("pq", "opq", "hash-lsh")
                .doesNotContain("anti-sparse", "hash-itq");
        JsonNode slow = json("--format=json", "--bytes=8", "--seeds=0", "--slow");
        assertThat(slow.path("leftOut")).isEmpty();
        assertThat(slow.path("quantisers"))
                .extracting(quantiser -> quantiser.path("name").asText())
                .contains("anti-sparse");
    }

    /** AGH of one layer has no 32 eigenvectors here, and the rest is measured all the same. */
    @Test
    void whatCannotWorkWithTheVectorsIsToldAndTheRestMeasured() throws IOException {
        FeatureArrays.write(
                root.resolve("few.npy"),
                BLOBS.train().select(IntStream.range(0, 30).toArray()));
        assertThat(run(
                        "advise",
                        "--features=" + root.resolve("few.npy"),
                        "--format=json",
                        "--bytes=4",
                        "--neighbours=2",
                        "--quantisers=sign,hash-agh1"))
                .as(err.toString())
                .isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("quantisers"))
                .isNotEmpty()
                .allSatisfy(
                        quantiser -> assertThat(quantiser.path("name").asText()).isEqualTo("sign"));
        assertThat(json.path("refused")).singleElement().satisfies(refused -> {
            assertThat(refused.path("name").asText()).isEqualTo("hash-agh1");
            assertThat(refused.path("options").asText()).isEqualTo("bits 32");
            assertThat(refused.path("reason").asText()).isNotEmpty();
        });
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
        refused("--rows: expected numbers from 20 to 2147483647, found 19", "--rows=19");
        refused(
                "--query-labels: expected --queries and --labels beside it",
                "--query-labels=" + root.resolve("qy.npy"));
        refused(
                "y.npy: expected a label for each of the 30 vectors of " + root.resolve("q.npy") + ", found 300",
                "--queries=" + root.resolve("q.npy"),
                "--labels=" + root.resolve("y.npy"),
                "--query-labels=" + root.resolve("y.npy"));
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
