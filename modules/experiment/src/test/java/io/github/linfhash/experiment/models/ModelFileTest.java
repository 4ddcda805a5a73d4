package io.github.linfhash.experiment.models;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard;
import io.github.linfhash.io.files.StoredArchive;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    private static final FeatureMatrix RAW =
            FeatureMatrix.copyOf(new float[][] {{1, 2, 3}, {4, -5, 6}, {-7, 8, 9}, {2, 2, 2}});

    @TempDir
    private Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("m.linfhash");
        ModelFile.write(file, model());
    }

    private static TrainedModel model() {
        Preprocessing rule = new Preprocessing(null, Preprocessing.Center.TRAINING_MEAN, Preprocessing.Norm.L2);
        float[] rows = {0.5f, -1, 0.5f, -0.125f, 1, 1};
        ModelCard card = new ModelCard(
                "signs",
                "ten-nearest",
                2,
                3,
                Map.of("pairs", 10, "group", Map.of("rate", 0.5)),
                7,
                new ModelCard.Training("cifar10", "ab", "cd", 4, 5),
                new ModelCard.Program("0.1", "unknown", "./linfhash train"));
        return new TrainedModel(card, Preprocessor.fit(rule, RAW), new SignFunction(3, rows));
    }

    private static MethodSpec<?> find(String name) {
        if (!name.equals("signs")) {
            throw new InputException("There is no method '" + name + "'; expected signs, found none of that name");
        }
        return SignFunction.SPEC;
    }

    private TrainedModel read() {
        return ModelFile.read(file, ModelFileTest::find);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        TrainedModel read = read();
        assertThat(read.card()).isEqualTo(model().card());
        assertThat(read.function().state()).isEqualTo(model().function().state());
        assertThat(read.preprocessor().state()).isEqualTo(model().preprocessor().state());
    }

    @Test
    void aModelOfBeforeRowsWereRecordedIsReadAndOneWithoutARowIsWrittenAsThen() throws IOException {
        replaceInJson("  \"variant\" : \"ten-nearest\",\n", "");
        TrainedModel old = read();
        assertThat(old.card().variant()).isNull();
        assertThat(old.card().method()).isEqualTo("signs");

        byte[] json = Objects.requireNonNull(members().get("model.json"));
        ModelFile.write(file, old);
        assertThat(members().get("model.json")).isEqualTo(json);
    }

    /** The mean is (0, 1.75, 5); the rows less the mean have the signs that follow, whatever their length. */
    @Test
    void rawVectorsArePreprocessedAsInTraining() {
        BinaryCodes codes = read().encode(RAW, "here");
        boolean[][] expected = {{false, false}, {true, false}, {false, true}, {false, false}};
        for (int i = 0; i < expected.length; i++) {
            assertThat(new boolean[] {codes.bit(i, 0), codes.bit(i, 1)}).containsExactly(expected[i]);
        }
        assertOneSentence(
                () -> read().encode(FeatureMatrix.owning(1, 2, new float[2]), "q.npy"), "q.npy", "dimension 3");
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        Path other = folder.resolve("n.linfhash");
        ModelFile.write(other, model());
        assertThat(other).hasSameBinaryContentAs(file);
    }

    private Map<String, byte[]> members() {
        return StoredArchive.read(file, "a model", 100);
    }

    private void replace(String name, UnaryOperator<byte[]> change) throws IOException {
        Map<String, byte[]> members = members();
        members.put(name, change.apply(Objects.requireNonNull(members.get(name))));
        StoredArchive.write(file, members);
    }

    /** Replaces an array's file and the checksum that model.json states of it. */
    private void forge(String name, UnaryOperator<byte[]> change) throws IOException {
        byte[] before = Objects.requireNonNull(members().get(name));
        replace(name, change);
        byte[] after = Objects.requireNonNull(members().get(name));
        replaceInJson(sha256(before), sha256(after));
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256().digest(content));
    }

    private void replaceInJson(String what, String with) throws IOException {
        replace("model.json", json -> {
            String text = new String(json, StandardCharsets.UTF_8);
            assertThat(text).contains(what);
            return text.replace(what, with).getBytes(StandardCharsets.UTF_8);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "linfhash-model/1"       | "linfhash-model/2"      | schema: expected linfhash-model/1
                    "method" : "signs"       | "method" : "other"      | There is no method 'other'
                    "bits" : 2               | "bits" : 3              | bits: expected 2
                    "bits" : 2               | "bits" : "2"            | expected a whole number
                    "bits" : 2               | "bits" : 2, "bits" : 2  | model.json
                    "variant" : "ten-nearest"    | "variant" : "ten nearest"   | expected as variant lower-case words with dashes, found 'ten nearest'
                    "bits" : 2               | "bitz" : 2              | found 'bitz' (did you mean 'bits'?)
                    "seed" : 7               | "seed" : 7, "more" : 1  | unknown key
                    "outputs" : 2            | "outputs" : 0           | at least one input and output
                    "outputs" : 2            | "outputs" : 2000000     | at most 1048576
                    "kind" : "signs"         | "kind" : "../../x"      | signs, found ../
                    "kind" : "signs"         | "kind" : "other"        | kind: expected signs, found other
                    "rows"                   | "../rows"               | expected names of letters, digits and hyphens
                    "normalize" : "l2"       | "normalize" : "l3"      | one of none, l2
                    "shape" : [ 2, 3 ]       | "shape" : [ 3, 2 ]      | expected <f4 of shape [3, 2], found <f4 of shape [2, 3]
                    "float32"                | "float64"               | expected <f8 of shape [2, 3], found <f4
                    "seed" : 7               | "seed" : 7e999          | model.json
                    "linfhash-model/1"       | null                    | model.json, line 2, schema: expected a text, found nothing
                    "method" : "signs"       | "method" : null         | method: expected a text, found nothing
                    "pairs" : 10             | "pairs" : null          | options.pairs: expected a value, found nothing
                    "training" :             | "training" : null, "x" : | training: expected a group of keys, found nothing
                    "featuresSha256" : "cd"  | "featuresSha256" : null | training.featuresSha256: expected a text, found nothing
                    "command" : "./linfhash train" | "command" : null  | program.command: expected a text, found nothing
                    "preprocessing" :        | "preprocessing" : null, "x" : | preprocessing: expected a group of keys, found nothing
                    "function" :             | "function" : null, "x" : | function: expected a group of keys, found nothing
                    "normalize" : "l2"       | "normalize" : null      | words.normalize: expected a text, found nothing
                    "mean" :                 | "mean" : null, "x" :    | arrays.mean: expected a group of keys, found nothing
                    "shape" : [ 2, 3 ]       | "shape" : [ 2, null ]   | shape[1]: expected a whole number, found nothing
                    "float32"                | null                    | type: expected a text, found nothing
                    """)
    void aJsonThatDoesNotFitIsRefused(String what, String with, String sentence) throws IOException {
        replaceInJson(what, with);
        assertOneSentence(this::read, file.toString(), sentence.startsWith("signs,") ? "expected" : sentence);
    }

    @Test
    void noJsonNoModel() throws IOException {
        replace("model.json", json -> "{\n\"schema\"".getBytes(StandardCharsets.UTF_8));
        assertOneSentence(this::read, "well-formed JSON");
        replace("model.json", json -> new byte[(1 << 20) + 1]);
        assertOneSentence(this::read, "at most 1 MiB");
        Map<String, byte[]> members = members();
        members.remove("model.json");
        StoredArchive.write(file, members);
        assertOneSentence(this::read, "model.json", "found none");
    }

    @Test
    void arraysMustBeThereAloneAndWhole() throws IOException {
        Map<String, byte[]> members = members();
        assertThat(members.keySet()).containsExactly("model.json", "preprocessing/mean.npy", "function/rows.npy");
        members.remove("function/rows.npy");
        StoredArchive.write(file, members);
        assertOneSentence(this::read, "expected a member function/rows.npy");
        write();
        members = new LinkedHashMap<>(members());
        members.put("../../escape.npy", new byte[10]);
        StoredArchive.write(file, members);
        assertOneSentence(this::read, "found 1 more members");
        write();
        replace("function/rows.npy", content -> {
            content[content.length - 1] ^= 1;
            return content;
        });
        assertOneSentence(this::read, "function/rows.npy is damaged", "SHA-256");
    }

    @Test
    void anArrayThatClaimsMoreThanItHoldsOrIsNotFiniteIsRefused() throws IOException {
        forge(
                "function/rows.npy",
                content -> new String(content, StandardCharsets.ISO_8859_1)
                        .replace("(2, 3), }   ", "(2000000, 3), }")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertOneSentence(this::read, "expected <f4 of shape [2, 3], found <f4 of shape [2000000, 3]");
        write();
        forge("function/rows.npy", content -> Arrays.copyOf(content, content.length + 4));
        assertOneSentence(this::read, "expected <f4 of shape [2, 3], found 28 bytes behind the header");
        write();
        forge("function/rows.npy", content -> {
            ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putFloat(content.length - 4, Float.NaN);
            return content;
        });
        assertOneSentence(this::read, "function/rows.npy", "finite");
    }

    @Test
    void onlyStoredMembersOfOneNameEachWithinTheFile() throws IOException {
        Path zip = folder.resolve("z.linfhash");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("model.json"));
            out.write(new byte[1 << 20]);
        }
        assertOneSentence(() -> ModelFile.read(zip, ModelFileTest::find), "stored as it is");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 600; i++) {
            many.put("f" + i, new byte[0]);
        }
        StoredArchive.write(zip, many);
        assertOneSentence(() -> ModelFile.read(zip, ModelFileTest::find), "at most 512", "found 600");
        // Two members whose names differ in one letter, which is then made the same in all headers.
        StoredArchive.write(zip, new LinkedHashMap<>(Map.of("twin-a", new byte[1], "twin-b", new byte[1])));
        String bytes = new String(Files.readAllBytes(zip), StandardCharsets.ISO_8859_1).replace("twin-b", "twin-a");
        Files.write(zip, bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertOneSentence(() -> ModelFile.read(zip, ModelFileTest::find), "each name once");
    }

    @Test
    void noOtherFileIsAModel() throws IOException {
        assertOneSentence(() -> ModelFile.read(folder, ModelFileTest::find), "found a folder");
        assertOneSentence(() -> ModelFile.read(folder.resolve("no"), ModelFileTest::find), "found nothing");
        byte[] whole = Files.readAllBytes(file);
        for (int length : List.of(0, 10, whole.length / 2, whole.length - 1)) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertOneSentence(this::read, "zip archive");
        }
    }

    @Test
    void everyFlippedByteIsNoticedOrHarmless() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x20;
            Files.write(file, damaged);
            try {
                assertThat(read().function().state())
                        .isEqualTo(model().function().state());
            } catch (InputException e) {
                assertThat(e).message().isNotBlank().doesNotContain("\n");
            }
        }
    }
}
