package io.github.linfhash.results.schema;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.board.Leaderboard.RulesVersion;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old files become files of today that say the same, and of what they do not say nothing. */
class OldResultsTest {
    private static final String UNTRACED = "\"protocol\":null,\"seed\":null,\"trials\":null,\"folds\":null,"
            + "\"trainings\":null,\"criteria\":null,\"bits\":null}";
    private static final String NOTHING_TRIED = "{\"configurations\":0,\"trainings\":0}";
    private static final String CPU = "\"cpu\"";
    private static final String UNKNOWN = "null";

    @TempDir
    Path folder;

    /** What is new in a file: searches, then for each method its effort, then for each run its device and its search. */
    private record Added(List<String> searches, List<String> efforts, List<String> devices, List<String> found) {}

    @Test
    void version2HasOneConfigurationOfEachMethod() throws IOException {
        check(
                2,
                1,
                new Added(
                        List.of("{\"name\":\"nnh\",\"trace\":null,\"method\":\"nnh\"," + UNTRACED),
                        List.of(NOTHING_TRIED, UNKNOWN),
                        List.of(CPU, CPU, CPU, CPU),
                        List.of(UNKNOWN, UNKNOWN, "\"nnh\"", "\"nnh\"")));
    }

    @ParameterizedTest(name = "version {0} has {1}")
    @CsvSource({"3, rows and options at lengths", "4, mirrored features", "5, options for seeds"})
    void versionsOfRowsSayWhatTheySaid(int version, String news) throws IOException {
        check(version, 1, rows(CPU));
    }

    @Test
    void version6HasCodesMadeElsewhereOfWhichNoDeviceIsKnown() throws IOException {
        check(6, 1, external(CPU));
    }

    @Test
    void version7HasUnlabeledImagesAndNamesTheDeviceInTheBackend() throws IOException {
        JsonNode converted = check(7, 1, external("\"OpenCL on A card, driver 2\""));
        assertThat(converted.at("/environment/backend").asText()).isEqualTo("CpuBackend, ND4J 1");
    }

    @Test
    void version8HasAnEvaluatorAndABackendOnAGpuDoesNotSayWhatItTrained() throws IOException {
        check(8, 3, external(UNKNOWN));
    }

    private static Added rows(String device) {
        return new Added(
                List.of("{\"name\":\"nnh:tuned\",\"trace\":null,\"method\":\"nnh\",\"row\":\"tuned\"," + UNTRACED),
                List.of(NOTHING_TRIED, UNKNOWN, UNKNOWN),
                List.of(device, device, device),
                List.of(UNKNOWN, UNKNOWN, "\"nnh:tuned\""));
    }

    private static Added external(String device) {
        Added rows = rows(device);
        return new Added(
                rows.searches(),
                List.of(NOTHING_TRIED, UNKNOWN, UNKNOWN, UNKNOWN),
                List.of(device, device, device, UNKNOWN),
                List.of(UNKNOWN, UNKNOWN, "\"nnh:tuned\"", UNKNOWN));
    }

    /** Compares every field, and returns the converted file. */
    private JsonNode check(int version, int evaluator, Added added) throws IOException {
        Path file = folder.resolve("old.json");
        Files.writeString(file, golden(version));
        Results results = OldResults.read(file);
        ResultsJson.write(folder.resolve("new.json"), results);
        assertThat(ResultsJson.text(ResultsJson.read(folder.resolve("new.json"))))
                .isEqualTo(Files.readString(folder.resolve("new.json")));
        JsonNode converted = json(ResultsJson.text(results));
        JsonNode rest = converted.deepCopy();
        assertThat(texts(((ObjectNode) rest.at("/protocol")).remove("searches")))
                .isEqualTo(added.searches());
        assertThat(removed(rest.at("/protocol/methods"), "effort")).isEqualTo(added.efforts());
        assertThat(removed(rest.at("/runs"), "device")).isEqualTo(added.devices());
        assertThat(removed(rest.at("/runs"), "search")).isEqualTo(added.found());
        assertThat(removed(rest.at("/runs"), "modelBytes")).containsOnly(UNKNOWN);
        assertThat(((ObjectNode) rest.at("/environment")).remove("evaluator").asInt())
                .isEqualTo(evaluator);
        ((ObjectNode) rest.at("/environment")).remove("backend");
        assertThat(((ObjectNode) rest).remove("schema").asText()).isEqualTo("linfhash-results/9");
        JsonNode before = json(golden(version));
        ((ObjectNode) before).remove("schema");
        ((ObjectNode) before.at("/environment")).remove(List.of("evaluator", "backend"));
        assertThat(rest).isEqualTo(before);
        return converted;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.toString()));
        return texts;
    }

    private static List<String> removed(JsonNode objects, String field) {
        List<String> values = new ArrayList<>();
        objects.forEach(object -> values.add(Objects.requireNonNull(((ObjectNode) object).remove(field), field)
                .toString()));
        return values;
    }

    private static String golden(int version) throws IOException {
        try (InputStream in = OldResultsTest.class.getResourceAsStream("results-" + version + ".json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    /** Equal rules have equal folder names, whichever schema their file has. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void theShortNameOfTheRulesStaysWhatItWas(int version) throws IOException {
        Path file = folder.resolve("old.json");
        Files.writeString(file, golden(version));
        RulesVersion rules = RulesVersion.of(OldResults.read(file));
        assertThat(rules.evaluator()).isEqualTo(1);
        assertThat(rules.shortName()).startsWith("e1-");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void otherCommandsNameTheFileItsVersionAndTheCommand(int version) throws IOException {
        Path file = folder.resolve("old.json");
        Files.writeString(file, golden(version));
        InputErrors.assertOneSentence(
                () -> ResultsJson.read(file),
                file + ", schema: expected linfhash-results/9, found linfhash-results/" + version
                        + "; convert the file first: ./linfhash results convert " + file);
    }

    @ParameterizedTest(name = "version {0}: {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        2 | "linfhash-results/2"   | "linfhash-results/1"     | schema: expected one of linfhash-results/2, linfhash-results/3
        2 | "linfhash-results/2"   | "linfhash-results/9"     | found 'linfhash-results/9'
        2 | "linfhash-results/2"   | 2                        | found none
        2 | "name": "nnh"          | "name": "nnh", "row": "a" | protocol.methods[1].row: expected as schema at least linfhash-results/3
        2 | "method": "nnh"        | "method": "nnh", "row": "a" | runs[2].row: expected as schema at least linfhash-results/3
        2 | "failure": null        | "failure": null, "device": "cpu" | runs[0].device: expected as schema at least linfhash-results/9
        2 | "failure": null        | "failure": null, "search": "ksh" | runs[0].search: expected as schema at least linfhash-results/9
        2 | "failure": null        | "failure": null, "modelBytes": 7 | runs[0].modelBytes: expected as schema at least linfhash-results/9
        2 | "title": "KSH"         | "title": "KSH", "effort": null | protocol.methods[0].effort: expected as schema at least linfhash-results/9
        2 | "methods": [           | "searches": [], "methods": [ | protocol.searches: expected as schema at least linfhash-results/9
        2 | "dimension": 4         | "dimension": 4, "mirroredHash": "a" | protocol.features.mirroredHash: expected as schema at least linfhash-results/4
        3 | "citation": "Liu       | "optionsForSeed": {}, "citation": "Liu | protocol.methods[0].optionsForSeed: expected as schema at least linfhash-results/5
        4 | "mirroredHash"         | "mirrorHash"             | protocol.features: expected the key 'mirroredHash', which all files of linfhash-results/4 have, found none
        5 | "title": "KSH"         | "title": "KSH", "optionsForSeed": {"1": {"8": {"rate": 0.5}}} | protocol.methods[0].optionsForSeed: expected no options of single seeds, which results no longer have
        5 | "supervised"           | "external"               | protocol.methods[0].supervision: expected as schema at least linfhash-results/6
        6 | "database": 14         | "database": 14, "unlabeled": 18 | protocol.sizes.unlabeled: expected as schema at least linfhash-results/7
        7 | "workers": 2           | "workers": 2, "evaluator": 1 | environment.evaluator: expected as schema at least linfhash-results/8
        8 | "evaluator": 3         | "evaluator": 0           | environment: expected as evaluator a whole number of at least 1, found 0
        8 | "title": "Tiny"        | "titel": "Tiny"          | protocol.titel: unknown key: expected one of
        8 | "title": "Tiny",       | ``                       | protocol.title: expected the key 'title', found none
        8 | "images": 20           | "images": "20"           | protocol.dataset.images: expected a whole number, found '20'
        8 | "images": 20           | "images": 20, "images": 20 | expected well-formed JSON, found: Duplicate
        8 | "methods": [           | "methods": 5, "method": [ | protocol.methods: expected a list, found a number
        8 | "methods": [           | "methods": [ 7,          | protocol.methods[0]: expected a group of keys, found
        8 | "origins": {           | "origins": 7, "origin": { | protocol.methods[0].origins: expected a group of keys, found a number
        8 | "row": "tuned"         | "row": null              | run nnh:tuned-16-seed1 has the method nnh:tuned, which is not among
        8 | "environment": {       | "environment": [], "e": { | environment: expected a group of keys, found a list
        8 | "runs": [              | "runs": {}, "run": [     | runs: expected a list, found a group of keys
        8 | "runs": [              | "runs": [ [[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]], | expected well-formed JSON, found: Document nesting depth
        8 | "map": 0.5             | "map": 50                | runs[0]: expected as metric map a fraction within 0..1, found 50.0
        8 | "seed": 1              | "seed": 2                | run nnh:tuned-16-seed2 has the seed 2, which is not among
        8 | "name": "mine"         | "name": "its"            | run mine-8-seed0 has the method mine, which is not among
        """)
    void aDamagedFileIsOneSentence(int version, String from, String to, String sentence) throws IOException {
        Path file = folder.resolve("old.json");
        assertThat(golden(version)).contains(from);
        Files.writeString(file, golden(version).replaceFirst(Pattern.quote(from), to));
        assertBadInput(() -> OldResults.read(file))
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n", "[Source", "`");
    }

    @Test
    void cutShortAndOversizedFilesAreRefused() throws IOException {
        Path file = folder.resolve("old.json");
        String text = golden(8).strip();
        for (int length = 0; length < text.length(); length += 97) {
            Files.writeString(file, text.substring(0, length));
            InputErrors.assertOneSentence(() -> OldResults.read(file), file.toString());
        }
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ResultsJson.LARGEST_FILE + 1L);
        }
        InputErrors.assertOneSentence(() -> OldResults.read(file), "expected at most 67108864 bytes");
    }

    @Test
    void aFileOfTodayIsNoOldOne() throws IOException {
        Path file = folder.resolve("results.json");
        ResultsJson.write(file, SampleResults.comparison());
        assertThatCode(() -> ResultsJson.requireCurrent(file)).doesNotThrowAnyException();
        InputErrors.assertOneSentence(() -> OldResults.read(file), "found 'linfhash-results/9'");
    }
}
