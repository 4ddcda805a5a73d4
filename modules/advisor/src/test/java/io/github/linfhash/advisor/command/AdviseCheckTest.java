package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.FittedQuantizer;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code linfhash advise --check} as a user has it. */
class AdviseCheckTest extends AdvisorInFolder {
    private static final int DIMENSION = 24;
    private static final String CHECK = "advise --check=F/q --vectors=F/new.npy ";

    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(20, DIMENSION, 2400, 2400), 4);
    private static final FeatureMatrix OLD = BLOBS.train();

    /** Of the same clusters. */
    private static final FeatureMatrix SAME = BLOBS.test();

    /** Of other clusters. */
    private static final FeatureMatrix OTHERS =
            Blobs.classes(new Blobs.Sizes(20, DIMENSION, 2400, 20), 9).train();

    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(root.resolve("old.npy"), OLD);
        FeatureArrays.write(root.resolve("new.npy"), SAME);
    }

    private static FeatureMatrix shifted(FeatureMatrix vectors, float by) {
        float[] values = vectors.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += by;
        }
        return FeatureMatrix.owning(vectors.rows(), vectors.dimension(), values);
    }

    private void quantize(String options) {
        succeed("quantize --vectors=F/old.npy --out=F/q --force " + options);
    }

    private JsonNode json(int code, String options) throws IOException {
        assertThat(call(CHECK + "--format=json " + options)).as(err.toString()).isEqualTo(code);
        return new JsonMapper().readTree(out.toString());
    }

    @Test
    void vectorsOfTheSameSourcePass() throws IOException {
        for (String quantizer : new String[] {
            "pq --bytes=4", "int8 --bytes=28", "rotated-sign --bytes=3", "rabitq --bytes=11 --option=bits=1"
        }) {
            quantize("--quantizer=" + quantizer + " --similarity=euclidean");
            JsonNode json = json(ExitCodes.OK, "");
            assertThat(json.path("schema").asText()).isEqualTo("linfhash-check/1");
            assertThat(json.path("passes").asBoolean()).isTrue();
            assertThat(json.path("rows").asInt()).isEqualTo(560);
            assertThat(json.path("queries").asInt()).isEqualTo(240);
            JsonNode first = json.at("/recall/1");
            double now = first.at("/now/mean").asDouble();
            double fitted = first.at("/fitted/mean").asDouble();
            assertThat(first.at("/difference/mean").asDouble()).isCloseTo(now - fitted, within(1e-12));
            assertThat(first.at("/difference/low").asDouble()).isLessThan(0);
            assertThat(json.at("/drift/meanShift").asDouble()).isLessThan(0.15);
            assertThat(json.at("/drift/normRatio").asDouble()).isCloseTo(1, within(0.01));
            assertThat(json.at("/drift/spreadRatio").asDouble()).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void aQuantizerOfThePrefixIsCheckedOnWholeVectors() throws IOException {
        quantize("--quantizer=int8 --bytes=16 --prefix=12");
        assertThat(call(CHECK)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("expected vectors of dimension 12", "found 24");
        assertThat(json(ExitCodes.OK, "--prefix=12").path("passes").asBoolean()).isTrue();
    }

    /** Signs about an old mean are the same of most vectors about another one. */
    @Test
    void aShiftOfTheMeanFails() throws IOException {
        quantize("--quantizer=sign --bytes=3 --option=centered=true --option=distance=hamming --similarity=euclidean");
        FeatureArrays.write(root.resolve("new.npy"), shifted(SAME, 0.5f));
        JsonNode json = json(ExitCodes.FOUND, "");
        assertThat(json.path("passes").asBoolean()).isFalse();
        assertThat(json.at("/recall/1/difference/high").asDouble()).isNegative();
        assertThat(json.path("verdict").asText()).contains("significantly lower than when the quantizer was fitted");
        // By 0.5 in each of 24 coordinates, and the vectors have norm 1.
        double shift = json.at("/drift/meanShift").asDouble();
        assertThat(shift).isCloseTo(0.5 * Math.sqrt(DIMENSION), within(0.2));
        assertThat(json.at("/drift/normRatio").asDouble()).isGreaterThan(2);
        assertThat(call(CHECK)).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString())
                .contains("oversampling", "when fitted", "distance of the means", "run 'linfhash advise'")
                .contains("Among 560 vectors, over 240 queries sampled from them");
    }

    /** As where two commands wrote into one folder. */
    @Test
    void aFileOfAnotherFolderIsRefused() throws IOException {
        FeatureArrays.write(root.resolve("others.npy"), OTHERS);
        succeed("quantize --vectors=F/others.npy --out=F/other --quantizer=itq --bytes=3");
        for (String file : new String[] {"rotation.npy", "center.npy", "mean.npy"}) {
            quantize("--quantizer=itq --bytes=3");
            assertThat(call(CHECK)).as(err.toString()).isNotEqualTo(ExitCodes.BAD_INPUT);
            Files.copy(
                    root.resolve("other").resolve(file),
                    root.resolve("q").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(badInput(CHECK)).contains(file + ": expected the file that quantizer.json describes, found");
        }
    }

    @Test
    void otherClustersFail() throws IOException {
        quantize("--quantizer=pq --bytes=6");
        FeatureArrays.write(root.resolve("new.npy"), OTHERS);
        assertThat(json(ExitCodes.FOUND, "").at("/recall/1/difference/mean").asDouble())
                .isLessThan(-0.02);
    }

    /** As of another model: plain signs find as much of the vectors in another order of their coordinates. */
    @Test
    void anotherModelFailsByTheShiftOfTheMean() throws IOException {
        FeatureMatrix moved = shifted(OLD, 0.05f);
        FeatureArrays.write(root.resolve("old.npy"), moved);
        quantize("--quantizer=sign --bytes=3 --option=centered=false --option=distance=hamming");
        FeatureArrays.write(root.resolve("new.npy"), shifted(SAME, 0.05f));
        assertThat(json(ExitCodes.OK, "").path("failed")).isEmpty();
        FeatureMatrix same = shifted(SAME, 0.05f);
        float[] values = same.toArray();
        for (int i = 0; i < values.length; i += DIMENSION) {
            for (int j = 0; j < DIMENSION; j += 2) {
                values[i + j] = -values[i + j];
            }
        }
        FeatureArrays.write(root.resolve("new.npy"), FeatureMatrix.owning(same.rows(), DIMENSION, values));
        JsonNode json = json(ExitCodes.FOUND, "");
        assertThat(json.path("passes").asBoolean()).isFalse();
        assertThat(json.path("failed").toString()).isEqualTo("[\"shift\"]");
        assertThat(json.at("/drift/meanShift").asDouble())
                .isGreaterThan(json.at("/drift/mostByChance").asDouble());
        assertThat(json.path("verdict").asText())
                .startsWith("Failed: shift of the mean. Recall@10")
                .contains("more than chance explains", "check that the same model made the vectors");
        assertThat(json(ExitCodes.FOUND, "--target=1").path("failed").toString())
                .isEqualTo("[\"recall\",\"shift\"]");
        JsonNode allowed = json(ExitCodes.OK, "--max-shift=3");
        assertThat(allowed.path("maxShift").asDouble()).isEqualTo(3);
        assertThat(allowed.path("verdict").asText()).endsWith("at most 3.0 as allowed.");
        assertThat(json(ExitCodes.FOUND, "--max-shift=0.01").path("verdict").asText())
                .endsWith("more than the allowed 0.01.");
        assertThat(call(CHECK)).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains("in one of 1,000 cases)", "\nFailed: shift of the mean. Recall@10");
    }

    @Test
    void aWantedRecallDecidesAtTheOversampling() throws IOException {
        quantize("--quantizer=pq --bytes=4");
        double first = json(ExitCodes.OK, "").at("/recall/1/now/mean").asDouble();
        double third = json(ExitCodes.OK, "").at("/recall/3/now/mean").asDouble();
        assertThat(third).isGreaterThan(first + 0.02);
        json(ExitCodes.FOUND, "--target=" + (first + 0.01));
        json(ExitCodes.OK, "--target=" + (first - 0.01));
        json(ExitCodes.OK, "--oversampling=3 --target=" + (third - 0.01));
        JsonNode json = json(ExitCodes.FOUND, "--oversampling=3 --target=" + (third + 1e-9));
        assertThat(json.path("oversampling").asInt()).isEqualTo(3);
        assertThat(json.path("verdict").asText()).contains("at 3x oversampling", "lower than the target of");
    }

    @Test
    void queriesOfBothTimesAreCompared() throws IOException {
        FeatureArrays.write(root.resolve("asked.npy"), SAME.part(0, 300));
        quantize("--quantizer=pq --bytes=4 --queries=F/asked.npy");
        assertThat(root.resolve("q/quantizer.json")).content().contains("--queries=FILE", "\"queriesDrawn\": false");
        FeatureArrays.write(root.resolve("new.npy"), SAME.part(300, 2100));
        JsonNode json = json(ExitCodes.OK, "--queries=F/asked.npy");
        assertThat(json.path("queries").asInt()).isEqualTo(300);
        assertThat(json.path("queriesDrawn").asBoolean()).isFalse();
        assertThat(badInput(CHECK)).contains("recall when fitted was measured with --queries", "add --target");
        JsonNode other = json(ExitCodes.OK, "--target=0.1");
        assertThat(other.path("notCompared").asText()).contains("measured with --queries");
        assertThat(other.at("/recall/1").has("fitted")).isFalse();
        assertThat(other.has("drift")).isTrue();
        FeatureArrays.write(root.resolve("asked.npy"), FeatureMatrix.owning(2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        assertThat(badInput(CHECK + "--queries=F/asked.npy")).contains("asked.npy: expected vectors of dimension 24");
        assertThat(badInput("quantize --vectors=F/old.npy --out=F/r --quantizer=pq --bytes=4 --queries=F/asked.npy"))
                .contains("asked.npy: expected at least two vectors of dimension 24 as in", "found 2 of dimension 3");
        assertThat(root.resolve("r")).doesNotExist();
    }

    @Test
    void anIndexLeadsToTheFolderThatItIsIn() throws IOException {
        quantize("--quantizer=rotated-sign --bytes=3");
        Path folder = root.resolve("q");
        Path index = folder.resolve("index.codes");
        try (CodeIndex codes = CodeIndex.ofFolder(FittedQuantizer.load(folder), folder)) {
            codes.save(index);
        }
        String ofFolder = succeed(CHECK);
        assertThat(succeed("advise --check=F/q/index.codes --vectors=F/new.npy"))
                .isEqualTo(ofFolder);
        Files.copy(index, root.resolve("index.codes"));
        assertThat(badInput("advise --check=F/index.codes --vectors=F/new.npy"))
                .contains("--check: expected the folder that 'linfhash quantize' wrote, or an index file in it")
                .contains("found no quantizer.json in " + root);
        Files.delete(index);
        Files.write(index, new byte[100]);
        assertThat(badInput("advise --check=F/q/index.codes --vectors=F/new.npy"))
                .contains("is no index of codes");
        succeed("quantize --vectors=F/old.npy --out=F/q --force --quantizer=rotated-sign --bytes=3 --seed=1");
        Files.delete(index);
        Files.copy(root.resolve("index.codes"), index);
        assertThat(badInput("advise --check=F/q/index.codes --vectors=F/new.npy"))
                .contains("those of another one");
    }

    @Test
    void aFolderWithoutTheRecordNeedsAWantedRecall() throws IOException {
        quantize("--quantizer=pq --bytes=4");
        Path card = root.resolve("q/quantizer.json");
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(card.toFile());
        json.remove("fitted");
        Files.writeString(card, json.toString());
        assertThat(badInput(CHECK))
                .contains("--check: recall now cannot be compared with recall when fitted")
                .contains("an earlier version wrote it", "add --target");
        JsonNode found = json(ExitCodes.OK, "--target=0.1");
        assertThat(found.has("drift")).isFalse();
        assertThat(found.path("rows").asInt()).isEqualTo(2160);
        assertThat(succeed(CHECK + "--target=0.1"))
                .contains("Not compared with the recall when fitted", "The shift of the mean is not checked");
        assertThat(badInput(CHECK + "--target=0.1 --max-shift=0.1"))
                .contains("--max-shift: expected a folder with the mean of vectors that differ, found none in " + root)
                .contains("run 'linfhash quantize' again");
    }

    /** Nothing but the record depends on the option. */
    @Test
    void theRecordIsLeftOutIfNobodyWantsIt() throws IOException {
        quantize("--quantizer=rotated-sign --bytes=3");
        byte[] codes = Files.readAllBytes(root.resolve("q/codes.npy"));
        assertThat(root.resolve("q/mean.npy")).exists();
        quantize("--quantizer=rotated-sign --bytes=3 --no-check-record");
        assertThat(root.resolve("q/codes.npy")).hasBinaryContent(codes);
        assertThat(root.resolve("q/mean.npy")).doesNotExist();
        assertThat(root.resolve("q/quantizer.json")).content().doesNotContain("\"fitted\"");
        assertThat(err.toString()).doesNotContain("recall for later checks");
        assertThat(badInput(CHECK)).contains("or 'linfhash quantize' had --no-check-record", "add --target");
        assertThat(badInput("quantize --vectors=F/old.npy --queries=F/old.npy --out=F/r --quantizer=pq --bytes=4"
                        + " --no-check-record"))
                .contains("--queries: expected no --no-check-record, as only the record uses them");
        assertThat(root.resolve("r")).doesNotExist();
    }

    @Test
    void fewVectorsHaveNoRecord() throws IOException {
        FeatureArrays.write(root.resolve("old.npy"), OLD.part(0, 999));
        quantize("--quantizer=pq --bytes=4");
        assertThat(root.resolve("q/mean.npy")).doesNotExist();
        assertThat(root.resolve("q/quantizer.json")).content().doesNotContain("\"fitted\"");
        assertThat(err.toString()).contains("--check");
    }

    @Test
    void badInputIsOneSentence() throws IOException {
        quantize("--quantizer=pq --bytes=4");
        assertThat(badInput("advise --check=F/none --vectors=F/new.npy")).contains("found nothing at " + root);
        assertThat(badInput("advise --vectors=F/new.npy --target=1"))
                .contains("--target: expected a number between 0 and 1, found 1.0");
        assertThat(badInput("advise --vectors=F/new.npy --oversampling=3"))
                .contains("--oversampling requires --check: name the folder that 'linfhash quantize' wrote");
        assertThat(badInput("advise --vectors=F/new.npy --max-shift=1"))
                .contains("--max-shift requires --check: name the folder");
        assertThat(badInput(CHECK + "--max-shift=0")).contains("--max-shift: expected a number above 0, found 0.0");
        assertThat(badInput(CHECK + "--max-shift=NaN")).contains("--max-shift: expected a number above 0, found NaN");
        assertThat(badInput(CHECK + "--oversampling=4"))
                .contains("--oversampling: expected one of [1, 2, 3, 5, 10, 20, 50]");
        assertThat(badInput(CHECK + "--target=1.5")).contains("--target: expected a number above 0");
        assertThat(badInput(CHECK + "--engine=faiss")).contains("found --engine");
        assertThat(badInput(CHECK + "--out=F/a")).contains("found --out");
        assertThat(badInput(CHECK + "--similarity=dot")).contains("found --similarity");
        assertThat(badInput(CHECK + "--k=5")).contains("is that of 10 neighbors, not 5");
        assertThat(json(ExitCodes.OK, "--k=5 --target=0.1").path("neighbors").asInt())
                .isEqualTo(5);
        FeatureArrays.write(root.resolve("new.npy"), SAME.part(0, 600));
        assertThat(badInput(CHECK)).contains("was measured among 560 vectors or more, not 540");
        FeatureArrays.write(root.resolve("new.npy"), SAME.part(0, 99));
        assertThat(badInput(CHECK + "--target=0.1")).contains("new.npy: expected at least 100 vectors, found 99");
        float[] values = new float[200 * 5];
        Arrays.fill(values, 1);
        FeatureArrays.write(root.resolve("new.npy"), FeatureMatrix.owning(200, 5, values));
        assertThat(badInput(CHECK + "--target=0.1")).contains("new.npy: expected vectors of dimension 24");
        FeatureArrays.write(root.resolve("new.npy"), SAME);
        Files.writeString(root.resolve("q/mean.npy"), "damaged");
        assertThat(badInput(CHECK)).contains("mean.npy");
        Files.delete(root.resolve("q/codebooks.npy"));
        assertThat(badInput(CHECK)).contains("codebooks.npy");
    }
}
