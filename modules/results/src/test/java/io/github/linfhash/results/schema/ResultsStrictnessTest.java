package io.github.linfhash.results.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.SampleResults;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        "linfhash-results/2"       | "linfhash-results/6"    | results.schema: expected one of [linfhash-results/2, linfhash-results/3, linfhash-results/4, linfhash-results/5], found "linfhash-results/6"
        "linfhash-results/2"       | "linfhash-results/4"    | results.protocol.features: the field 'mirroredHash' is missing
        "dimension": 384           | "dimension": 384, "mirroredHash": null | results.protocol.features: the schema has no field 'mirroredHash' here
        "name": "ksh"              | "name": "ksh", "row": "tuned" | results.protocol.methods[0]: the schema has no field 'row' here
        "method": "ksh"            | "method": "ksh", "row": "tuned" | results.runs[0]: the schema has no field 'row' here
        "schema": "linfhash-results/2", | `` | results: the field 'schema' is missing
        "images": 12000            | "images": "12000"       | results.protocol.dataset.images: expected a whole number from 1 to 2147483647, found "12000"
        "images": 12000            | "images": 0             | results.protocol.dataset.images: expected a whole number from 1
        "images": 12000            | "images": 12000.5       | results.protocol.dataset.images: expected a whole number from 1
        "images": 12000            | "images": 3000000000    | results.protocol.dataset.images: expected a whole number from 1
        "images": 12000,           | ``                      | results.protocol.dataset: the field 'images' is missing
        "images": 12000            | "pictures": 12000, "images": 12000 | results.protocol.dataset: the schema has no field 'pictures' here
        "reproducesPaper": false   | "reproducesPaper": "no" | results.protocol.dataset.reproducesPaper: expected true or false, found "no"
        "dimension": 384           | "dimension": null       | results.protocol.features.dimension: expected a whole number
        "bits": [ 48, 64 ]         | "bits": [ 48, -64 ]     | results.protocol.bits[1]: expected a whole number from 1
        "bits": [ 48, 64 ]         | "bits": 48              | results.protocol.bits: expected a list, found 48
        "bits": [ 48, 64 ]         | "bits": [ 48, 48, 64 ]  | protocol.bits has 48 twice
        "seeds": [ 0, 1, 2 ]       | "seeds": [ 0, 1, 1e99 ] | results.protocol.seeds[2]: expected a whole number of at most 64 bits
        "seeds": [ 0, 1, 2 ]       | "seeds": [ 0, 1 ]       | run ksh-48-seed2 has the seed 2, which is not among the protocol's: [0, 1]
        "supervision": "supervised" | "supervision": "psychic" | results.protocol.methods[0].supervision: expected one of [supervised, unsupervised, data-independent], found "psychic"
        "epochs": 30               | "epochs": { "n": 30 }   | results.protocol.methods[0].options.epochs: expected a text, a finite number
        "epochs": 30               | "epochs": 1e999         | results.protocol.methods[0].options.epochs: expected a text, a finite number
        "source": "tuned"          | "source": "guessed"     | results.protocol.methods[0].origins.learningRate.source: expected one of [paper, released-code, our-reading, tuned, protocol], found "guessed"
        "source": "tuned"          | "source": "tuned", "page": 2 | results.protocol.methods[0].origins.learningRate: the schema has no field 'page' here
        "note": "set by the protocol" | "note": ""           | results.protocol.methods[0].origins.epochs.note: expected a text that is not empty
        "epochs": {                | "eras": {               | results.protocol.methods[0].origins: expected names of options, found 'eras'
        "origins": {               | "sources": {            | results.protocol.methods[0]: the field 'origins' is missing
        "cores": 2                 | "cores": 2, "uptime": 5 | results.environment: the schema has no field 'uptime' here
        "jdk": "Debian 17.0.21"    | "jdk": "  "             | results.environment.jdk: expected a text that is not empty, found "  "
        "method": "ksh"            | "method": "kssh"        | run kssh-48-seed0 has the method kssh, which is not among the protocol's
        "seed": 1                  | "seed": 0               | runs has ksh-48-seed0 twice
        "parameters": 18480        | "parameters": -1        | results.runs[0].parameters: expected a whole number of at least 0, found -1
        "map": 0.348               | "map": 34.8             | results.runs[0].metrics.map: expected a fraction within 0..1, found 34.8
        "map": 0.348               | "map": -0.1             | results.runs[0].metrics.map: expected a fraction within 0..1, found -0.1
        "map": 0.348               | "map": 1e999            | results.runs[0].metrics.map: expected a finite number
        "map": 0.348               | "map": null             | results.runs[0].metrics.map: expected a finite number, found null
        "map": 0.348               | "map": "0.348"          | results.runs[0].metrics.map: expected a finite number, found "0.348"
        "map": 0.348               | "map": NaN              | not valid JSON at line
        "map": 0.348               | "map": 0.3, "map": 0.4  | not valid JSON at line
        "uniqueCodes": 9048.0      | "uniqueCodes": 9048.5   | results.runs[0].metrics.uniqueCodes: expected a count, found 9048.5
        "loss": [ 1.5, 0.75, 0.1 ] | "loss": [ 1.5, true ]   | results.runs[0].curves.loss[1]: expected a finite number, found true
        "loss": [ 1.5, 0.75, 0.1 ] | "loss": 1.5             | results.runs[0].curves.loss: expected a list, found 1.5
        "train": 3.25              | "train": -3.25          | results.runs[0].seconds.train: expected a number of seconds of at least 0, found -3.25
        "failure": null            | "failure": "it broke"   | run ksh-48-seed0 should have either metrics with the hash of its codes, or a failure
        "failure": null            | "failure": false        | results.runs[0].failure: expected a text that is not empty, or null, found false
        "runs": [                  | "runs": [ 7,            | results.runs[0]: expected an object, found 7
        "runs": [                  | "runs": [ [[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]], | not valid JSON
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
        assertRefused("results.protocol.hash: expected a SHA-256 of 64 lower-case hexadecimal digits");
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
        ``        | expected JSON, found an empty file
        {         | not valid JSON at line 1, column 2: Unexpected end-of-input: expected close marker for Object (start marker at line 1, column 1)
        []        | results: expected an object, found []
        null      | results: expected an object, found null
        {} {}     | not valid JSON at line 1
        hello     | not valid JSON at line 1
        """)
    void whatIsNoJsonObjectIsRefused(String text, String sentence) throws IOException {
        Files.writeString(file, text);
        assertRefused(sentence);
    }

    @Test
    void everyCutShortFileIsRefused() throws IOException {
        String text = ResultsJson.text(SampleResults.comparison()).strip();
        for (int length = 0; length < text.length(); length += 97) {
            Files.writeString(file, text.substring(0, length));
            assertRefused(": ");
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        Files.write(file, "{\"schema\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("not a text in UTF-8");
    }

    @Test
    void aHugeFileIsRefusedBeforeItIsParsed() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ResultsReader.LARGEST_FILE + 1L);
        }
        assertRefused("larger than 67108864 bytes");
    }

    @Test
    void aMissingFileIsNoInputOfOurs() {
        assertThatThrownBy(() -> ResultsJson.read(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void metricsCurvesAndPhasesOfALaterVersionAreKept() throws IOException {
        String text = ResultsJson.text(SampleResults.comparison());
        Files.writeString(file, text.replace("\"map\":", "\"a.map\": 7.5,\n \"map\":"));
        assertThat(ResultsJson.read(file).runs().get(0).metrics()).containsEntry("a.map", 7.5);
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> ResultsJson.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n", "[Source", "`");
    }
}
