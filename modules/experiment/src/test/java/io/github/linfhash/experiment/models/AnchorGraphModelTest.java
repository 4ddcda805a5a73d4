package io.github.linfhash.experiment.models;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.HashModel;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged models of AGH: linfhash, and a service that has the module codes alone, refuse each in one sentence. */
class AnchorGraphModelTest {
    private static final Blobs BLOBS = Blobs.classes(new Blobs.Sizes(5, 6, 60, 2), 1);

    @TempDir
    private Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("m.linfhash");
        ConfiguredMethod<?> method = MethodRegistry.standard()
                .configure("agh2", Map.of("anchors", 10, "nearest", 3, "weights", "lae"), "here");
        ModelFile.write(
                file,
                new ModelTrainer("./linfhash train", Progress.NONE)
                        .onVectors(BLOBS.train(), BLOBS.trainLabels(), method, 4, 3));
        assertThat(HashModel.load(file).bits()).isEqualTo(4);
    }

    private Map<String, byte[]> members() {
        return StoredArchive.read(file, "a model", 100);
    }

    /** Replaces the last place of a text: those of the function come after those of the options. */
    private void replaceInJson(String what, String with) throws IOException {
        Map<String, byte[]> members = members();
        String json = new String(Objects.requireNonNull(members.get("model.json")), StandardCharsets.UTF_8);
        int at = json.lastIndexOf(what);
        assertThat(at).as(what).isPositive();
        json = json.substring(0, at) + with + json.substring(at + what.length());
        members.put("model.json", json.getBytes(StandardCharsets.UTF_8));
        StoredArchive.write(file, members);
    }

    /** Replaces the last value of an array, and its checksum. */
    private void replaceLast(String array, double value) throws IOException {
        Map<String, byte[]> members = members();
        byte[] content = Objects.requireNonNull(members.get("function/" + array + ".npy"));
        String before = HexFormat.of().formatHex(Digests.sha256().digest(content));
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (array.equals("anchors")) {
            bytes.putFloat(content.length - 4, (float) value);
        } else {
            bytes.putDouble(content.length - 8, value);
        }
        StoredArchive.write(file, members);
        replaceInJson(before, HexFormat.of().formatHex(Digests.sha256().digest(content)));
    }

    private void requireRefused(String service, String program) {
        assertThatThrownBy(() -> HashModel.load(file))
                .isInstanceOf(InvalidFileException.class)
                .message()
                .startsWith(file.toString())
                .contains(service, "expected", "found")
                .doesNotContain("\n", "Exception", "null")
                .hasSizeLessThan(500);
        assertOneSentence(() -> Models.read(file), file.toString(), program);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "nearest" : 3.0     | "nearest" : 0     | nearest: expected a whole number from 1 to 10, found '0.0'  | nearest: expected a number from 1.0 to 10.0
                    "nearest" : 3.0     | "nearest" : 11    | nearest: expected a whole number from 1 to 10, found '11.0' | nearest: expected a number from 1.0 to 10.0
                    "nearest" : 3.0     | "nearest" : 2.5   | nearest: expected a whole number from 1 to 10, found '2.5'  | nearest: expected a whole number
                    "nearest" : 3.0     | "near" : 3.0      | nearest: expected a whole number from 1 to 10, found none   | nearest: expected a number
                    "sigma" :           | "sigma" : -1, "a" : | sigma: expected a number from                               | sigma: expected a number from
                    "weights" : "lae"   | "weights" : "la"  | weights: expected one of gaussian, lae, found 'la'          | weights: expected one of gaussian, lae
                    "anchor-graph"      | "anchor"          | kind: expected one of linear, stumps                        | kind: expected anchor-graph
                    "above" :           | "abov" :          | found none for function                                     | expected a member function/abov.npy
                    "outputs" : 4       | "outputs" : 6     | bits: expected 6                                            | embedding: expected float64 of shape [10, 3]
                    """)
    void aDescriptionThatDoesNotFit(String what, String with, String service, String program) throws IOException {
        replaceInJson(what, with);
        requireRefused(service, program);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void outputsThatAreOddOrNotThoseOfTheArrays(int outputs) throws IOException {
        replaceInJson("\"outputs\" : 4", "\"outputs\" : " + outputs);
        replaceInJson("\"bits\" : 4", "\"bits\" : " + outputs);
        if (outputs == 3) {
            requireRefused(
                    "outputs: expected an even number, two for each function, found '3.0'",
                    "expected an even number of bits, two for each function, found 3");
        } else {
            requireRefused("embedding.npy: expected <f8 of shape [10, 3], found <f8 of shape [10, 2]", "embedding");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"anchors", "embedding", "above", "below"})
    void numbersThatAreNotFinite(String array) throws IOException {
        replaceLast(array, Double.NaN);
        requireRefused(array + ".npy: expected finite numbers, found NaN", array + ".npy");
    }

    @Test
    void oneThresholdOfTwo() throws IOException {
        Map<String, byte[]> members = members();
        byte[] below = Objects.requireNonNull(members.remove("function/below.npy"));
        members.put("function/beyond.npy", below);
        StoredArchive.write(file, members);
        replaceInJson("\"below\" :", "\"beyond\" :");
        requireRefused("function: expected an array below, found none", "below: expected");
    }
}
