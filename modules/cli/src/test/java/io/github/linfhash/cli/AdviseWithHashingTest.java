package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code linfhash advise} with hashing methods, which the program that only advises does not have. */
class AdviseWithHashingTest extends ProgramOnTinyHome {
    private static final String ADVISE = "advise --vectors=F/x.npy ";

    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 32, 300, 30), 4);

    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), BLOBS.train());
        FeatureArrays.write(root.resolve("q.npy"), BLOBS.test());
        LabelArrays.write(root.resolve("y.npy"), BLOBS.trainLabels());
    }

    private JsonNode json(String options) throws IOException {
        return new JsonMapper().readTree(succeed(ADVISE + "--format=json " + options));
    }

    @Test
    void labelsBringSupervisedMethods() throws IOException {
        JsonNode json = json("--bytes=2 --quantizers=hash-ldahash,hash-lsh --labels=F/y.npy --queries=F/q.npy");
        assertThat(json.at("/vectors/givenRows").asInt()).isEqualTo(270);
        assertThat(json.path("quantizers"))
                .extracting(quantizer -> quantizer.path("name").asText())
                .contains("hash-ldahash", "hash-lsh")
                .doesNotContain("hash-ksh");
    }

    /** AGH of one layer has no 32 eigenvectors here, and the rest is measured all the same. */
    @Test
    void whatCannotWorkWithTheVectorsIsToldAndTheRestMeasured() throws IOException {
        FeatureArrays.write(
                root.resolve("few.npy"),
                BLOBS.train().select(IntStream.range(0, 30).toArray()));
        succeed("advise --vectors=F/few.npy --format=json --bytes=4 --k=2 --quantizers=sign,hash-agh1");
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("quantizers"))
                .extracting(quantizer -> quantizer.path("name").asText())
                .contains("sign")
                .doesNotContain("hash-agh1");
        assertThat(json.path("refused")).singleElement().satisfies(refused -> {
            assertThat(refused.path("name").asText()).isEqualTo("hash-agh1");
            assertThat(refused.path("options").asText()).isEqualTo("bits 32");
            assertThat(refused.path("reason").asText()).isNotEmpty();
        });
    }

    private static JsonNode recall(JsonNode json, String quantizer) {
        return StreamSupport.stream(json.path("quantizers").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(quantizer))
                .findFirst()
                .orElseThrow()
                .path("recall");
    }

    @Test
    void hashingMethodsThatTakeLongAreLeftOutAndNamed() throws IOException {
        assertThat(json("--bytes=2 --seeds=0").path("leftOut"))
                .extracting(JsonNode::asText)
                .containsExactly("anti-sparse", "hash-itq", "hash-sgh", "hash-spherical", "rq", "saq", "turbo-plus");
    }

    /** Labels go by the rows of the file, so that the answer is that for the file without the invalid row. */
    @Test
    void invalidVectorsAreLeftOutWithTheirLabels() throws IOException {
        String options = "--bytes=4 --quantizers=hash-ldahash --labels=F/y.npy --queries=F/q.npy";
        JsonNode expected = recall(json(options), "hash-ldahash");
        FeatureMatrix valid = BLOBS.train();
        int d = valid.dimension();
        float[] values = new float[(valid.rows() + 1) * d];
        valid.copyRows(0, valid.rows(), values, d);
        values[0] = Float.NaN;
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(valid.rows() + 1, d, values));
        ClassLabels labels = (ClassLabels) BLOBS.trainLabels();
        LabelArrays.write(
                root.resolve("y.npy"),
                ClassLabels.of(IntStream.range(0, labels.size() + 1)
                        .map(row -> row == 0 ? 0 : labels.get(row - 1))
                        .toArray()));
        JsonNode json = json(options + " --skip-invalid");
        assertThat(json.at("/vectors/skippedVectors")).hasSize(1);
        assertThat(recall(json, "hash-ldahash")).isEqualTo(expected);
    }
}
