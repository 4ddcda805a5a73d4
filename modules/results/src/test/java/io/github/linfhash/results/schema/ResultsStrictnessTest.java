package io.github.linfhash.results.schema;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.SampleResults;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file that is not exactly a results.json ends in one sentence that names the file and the place. */
class ResultsStrictnessTest {
    @TempDir
    Path folder;

    private Path file = Path.of("results.json");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("results.json");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "linfhash-results/11"      | "linfhash-results/12"   | schema: expected linfhash-results/11, found 'linfhash-results/12'
        "linfhash-results/11"       | "linfhash-results/8"    | schema: expected linfhash-results/11, found 'linfhash-results/8'; read the file with the version of linfhash that wrote it
        "evaluator": 1             | "evaluator": 0          | environment: expected as evaluator a whole number of at least 1, found 0
        "seeds": [ 0, 1, 2 ]       | "seed": [ 0, 1, 2 ]     | protocol.seed: unknown key: expected one of
        "effort": null             | "effort": 7             | protocol.methods[0].effort: expected a group of keys, found '7'
        "device": "cpu"            | "device": ""            | runs[0].device: expected a text, found nothing
        "method": "ksh"            | "method": "ksh", "variant": "tuned" | run ksh:tuned-48-seed0 has the method ksh:tuned, which is not among the protocol's
        "schema": "linfhash-results/11", | `` | expected the key 'schema', found none
        "images": 12000            | "images": "12000"       | protocol.dataset.images: expected a whole number, found '12000'
        "images": 12000            | "images": 0             | protocol.dataset: expected as images a whole number of at least 1, found 0
        "images": 12000            | "images": 12000.5       | protocol.dataset.images: expected a whole number, found '12000.5'
        "images": 12000            | "images": 3000000000    | protocol.dataset.images: expected a whole number from -2147483648 to 2147483647, found 3000000000
        "images": 12000,           | ``                      | protocol.dataset.images: expected the key 'images', found none
        "images": 12000            | "pictures": 12000, "images": 12000 | protocol.dataset.pictures: unknown key: expected one of facts, hash, images, name, reproducesPaper, synthetic, title, found 'pictures'
        "reproducesPaper": false   | "reproducesPaper": "no" | protocol.dataset.reproducesPaper: expected true or false, found 'no'
        "dimension": 384           | "dimension": null       | protocol.features.dimension: expected a whole number, found nothing
        "bits": [ 48, 64 ]         | "bits": [ 48, -64 ]     | protocol: expected as bits a whole number of at least 1, found -64
        "bits": [ 48, 64 ]         | "bits": 48              | protocol.bits: expected a list, found a number
        "bits": [ 48, 64 ]         | "bits": [ 48, 48, 64 ]  | protocol.bits has 48 twice
        "seeds": [ 0, 1, 2 ]       | "seeds": [ 0, 1, 1e99 ] | protocol.seeds[2]: expected a whole number, found '1.0E99'
        "seeds": [ 0, 1, 2 ]       | "seeds": [ 0, 1 ]       | run ksh-48-seed2 has the seed 2, which is not among the protocol's: [0, 1]
        "supervision": "supervised" | "supervision": "psychic" | protocol.methods[0].supervision: expected one of supervised, unsupervised, data-independent, external, found 'psychic'
        "epochs": 30               | "epochs": { "n": 30 }   | protocol.methods[0].options.epochs: expected as an option's value a text, a number, true, false, null or a list of these, found {n=30}
        "epochs": 30               | "epochs": 1e999         | protocol.methods[0].options.epochs: expected as an option's value a finite number, found Infinity
        "source": "tuned"          | "source": "guessed"     | protocol.methods[0].origins.learningRate.source: expected one of paper, released-code, our-reading, tuned, protocol, found 'guessed'
        "source": "tuned"          | "source": "tuned", "page": 2 | protocol.methods[0].origins.learningRate.page: unknown key: expected one of note, source, found 'page'
        "note": "set by the protocol" | "note": ""           | protocol.methods[0].origins.epochs.note: expected a text, found nothing
        "epochs": {                | "eras": {               | protocol.methods[0]: expected as origins those of [
        "origins": {               | "sources": {            | protocol.methods[0].sources: unknown key: expected one of
        "cores": 2                 | "cores": 2, "uptime": 5 | environment.uptime: unknown key: expected one of
        "jdk": "Debian 17.0.21"    | "jdk": "  "             | environment.jdk: expected a text, found nothing
        "method": "ksh"            | "method": "kssh"        | run kssh-48-seed0 has the method kssh, which is not among the protocol's
        "seed": 1                  | "seed": 0               | runs has ksh-48-seed0 twice
        "parameters": 18480        | "parameters": -1        | runs[0]: expected as number of parameters at least 0, found -1
        "map": 0.348               | "map": 34.8             | runs[0]: expected as metric map a fraction within 0..1, found 34.8
        "map": 0.348               | "map": -0.1             | runs[0]: expected as metric map a fraction within 0..1, found -0.1
        "map": 0.348               | "map": 1e999            | ksh-48-seed0: metric map is Infinity
        "map": 0.348               | "map": null             | runs[0].metrics.map: expected a number, found nothing
        "map": 0.348               | "map": "0.348"          | runs[0].metrics.map: expected a number, found '0.348'
        "map": 0.348               | "map": NaN              | expected well-formed JSON, found:
        "map": 0.348               | "map": 0.3, "map": 0.4  | expected well-formed JSON, found:
        "uniqueCodes": 9048.0      | "uniqueCodes": 9048.5   | runs[0]: expected as metric uniqueCodes a count, found 9048.5
        "loss": [ 1.5, 0.75, 0.1 ] | "loss": [ 1.5, true ]   | runs[0].curves.loss[1]: expected a number, found true
        "loss": [ 1.5, 0.75, 0.1 ] | "loss": 1.5             | runs[0].curves.loss: expected a list, found a number
        "train": 3.25              | "train": -3.25          | runs[0]: expected as seconds of train a number of at least 0, found -3.25
        "failure": null            | "failure": "it broke"   | run ksh-48-seed0 should have either metrics with the hash of its codes, or a failure
        "failure": null            | "failure": false        | runs[0].failure: expected a text, found false
        "runs": [                  | "runs": [ 7,            | runs[0]: expected a group of keys, found '7'
        "runs": [                  | "runs": [ [[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]], | expected a group of keys, found a list
        """)
    void oneChangedPlaceIsNamed(String original, String replacement, String sentence) throws IOException {
        String text = ResultsJson.text(SampleResults.comparison());
        assertThat(text).contains(original);

        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(original), replacement));

        assertRefused(sentence);
    }

    @Test
    void aShortHashIsRefused() throws IOException {
        Results sample = SampleResults.comparison();
        String hash = sample.protocol().hash();
        Files.writeString(file, ResultsJson.text(sample).replace(hash, hash.substring(1)));
        assertRefused("expected as hash a SHA-256 of 64 lower-case hexadecimal digits");
    }

    @Test
    void aRunWithoutCodesIsNoMeasurement() throws IOException {
        Results sample = SampleResults.comparison();
        String codes = "\"" + sample.runs().get(0).codesHash() + "\"";
        Files.writeString(file, ResultsJson.text(sample).replace(codes, "null"));
        assertRefused("run ksh-48-seed0 should have either metrics");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``        | expected a group of keys, found nothing
        {         | line 1: expected well-formed JSON, found: Unexpected end-of-input: expected close marker for Object (start marker at line 1, column 1)
        []        | expected a group of keys, found a list
        null      | expected a JSON object, found null
        {} {}     | expected the key 'schema', found none
        hello     | line 1: expected well-formed JSON, found: Unrecognized token
        """)
    void whatIsNoJsonObjectIsRefused(String text, String sentence) throws IOException {
        Files.writeString(file, text);
        assertRefused(sentence);
    }

    @Test
    void moreThanOneValueIsRefused() throws IOException {
        Files.writeString(file, ResultsJson.text(SampleResults.comparison()) + "{}");
        assertRefused("expected the end of the JSON, found more");
    }

    /** An option that is not set is null; a null in place of other options is none. */
    @Test
    void nullIsNoOptionsAtACodeLength() throws IOException {
        String text = ResultsJson.text(SampleResults.rows());
        String changed = text.replaceFirst("(\"optionsAt\": \\{\\s*\"\\d+\": )\\{[^}]*}", "$1null");
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);
        assertRefused("expected options at ");
    }

    @Test
    void everyCutShortFileIsRefused() throws IOException {
        String text = ResultsJson.text(SampleResults.comparison()).strip();
        for (int length = 0; length < text.length(); length += 397) {
            Files.writeString(file, text.substring(0, length));
            assertRefused(": ");
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        Files.write(file, "{\"schema\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("expected well-formed JSON, found: Invalid UTF-8");
    }

    @Test
    void aHugeFileIsRefusedBeforeItIsParsed() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ResultsJson.LARGEST_FILE + 1L);
        }
        assertRefused("expected at most 67108864 bytes");
    }

    @Test
    void aMissingFileIsRefused() {
        assertRefused("is missing: expected a file, found nothing");
    }

    @Test
    void metricsCurvesAndPhasesOfALaterVersionAreKept() throws IOException {
        String text = ResultsJson.text(SampleResults.comparison());
        Files.writeString(file, text.replace("\"map\":", "\"a.map\": 7.5,\n \"map\":"));
        assertThat(ResultsJson.read(file).runs().get(0).metrics()).containsEntry("a.map", 7.5);
    }

    private void assertRefused(String sentence) {
        assertBadInput(() -> ResultsJson.read(file))
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n", "[Source", "`");
    }
}
