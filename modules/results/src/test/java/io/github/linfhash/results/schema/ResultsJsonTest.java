package io.github.linfhash.results.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsJsonTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackUnchanged() throws IOException {
        Path file = folder.resolve("deep/er/results.json");
        Results results = SampleResults.comparison();

        ResultsJson.write(file, results);
        Results back = ResultsJson.read(file);

        assertThat(back.protocol()).isEqualTo(results.protocol());
        assertThat(back.environment()).isEqualTo(results.environment());
        assertThat(back.runs()).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(results.runs());
        assertThat(ResultsJson.text(back)).isEqualTo(Files.readString(file));
    }

    @Test
    void anotherDeviceThanTheProcessorIsSaidOfTheRunInAVersionOfItsOwn() throws IOException {
        Path file = folder.resolve("results.json");
        Results sample = SampleResults.comparison();
        List<RunResult> runs = new ArrayList<>(sample.runs());
        assertThat(ResultsJson.text(sample)).doesNotContain("\"device\"", "linfhash-results/9");
        runs.set(0, runs.get(0).trainedOn("OpenCL on a card"));
        Results results = new Results(sample.protocol(), sample.environment(), runs);

        ResultsJson.write(file, results);

        String text = Files.readString(file);
        assertThat(text)
                .contains("\"schema\": \"linfhash-results/9\"")
                .containsOnlyOnce("\"device\": \"OpenCL on a card\"");
        List<RunResult> back = ResultsJson.read(file).runs();
        assertThat(back.get(0).device()).isEqualTo("OpenCL on a card");
        assertThat(back.subList(1, back.size())).allMatch(run -> run.device().isEmpty());
        assertThat(ResultsJson.text(ResultsJson.read(file).withoutSeconds())).contains("OpenCL on a card");
        Files.writeString(file, text.replace("linfhash-results/9", "linfhash-results/8"));
        InputErrors.assertOneSentence(
                () -> ResultsJson.read(file), "expected as schema linfhash-results/9", "found linfhash-results/8");
    }

    @Test
    void codesMadeElsewhereAreOfAVersionOfTheirOwn() throws IOException {
        Path file = folder.resolve("results.json");
        ProtocolSummary sample = SampleResults.comparison().protocol();
        MethodSummary mine = new MethodSummary("mine", "mine", "c", Supervision.EXTERNAL, Map.of(), Map.of());
        Results results = new Results(
                sample.withRuns(sample.bits(), sample.seeds(), List.of(mine)),
                SampleResults.comparison().environment(),
                List.of());

        ResultsJson.write(file, results);

        String text = Files.readString(file);
        assertThat(text).contains("\"schema\": \"linfhash-results/6\"", "\"supervision\": \"external\"");
        assertThat(ResultsJson.read(file).protocol()).isEqualTo(results.protocol());
        Files.writeString(file, text.replace("linfhash-results/6", "linfhash-results/5"));
        InputErrors.assertOneSentence(
                () -> ResultsJson.read(file),
                "expected as schema linfhash-results/6, which has all these fields, found linfhash-results/5");
    }

    @Test
    void theVersionOfTheEvaluatorIsOfASchemaOfItsOwnAndFilesWithoutItAreOfTheFirst() throws IOException {
        Path file = folder.resolve("results.json");
        Results sample = SampleResults.comparison();
        assertThat(sample.environment().evaluatorVersion()).isEqualTo(1);
        Results results = new Results(sample.protocol(), sample.environment().withEvaluator(7), sample.runs());

        ResultsJson.write(file, results);

        String text = Files.readString(file);
        assertThat(text).contains("\"schema\": \"linfhash-results/8\"", "\"evaluator\": 7");
        assertThat(ResultsJson.read(file).environment()).isEqualTo(results.environment());
        assertThat(ResultsJson.read(file).environment().withBackend("b").evaluatorVersion())
                .isEqualTo(7);
        Files.writeString(file, text.replace(",\n    \"evaluator\": 7", ""));
        assertThat(ResultsJson.read(file).environment()).isEqualTo(sample.environment());
    }

    @Test
    void otherUnlabeledImagesThanTheDatabaseAreOfAVersionOfTheirOwn() throws IOException {
        Path file = folder.resolve("results.json");
        ProtocolSummary protocol = SampleResults.comparison().protocol().withSizes(new SplitSizes(20, 10, 80, 90));
        Results results = new Results(protocol, SampleResults.comparison().environment(), List.of());

        ResultsJson.write(file, results);

        String text = Files.readString(file);
        assertThat(text).contains("\"schema\": \"linfhash-results/7\"", "\"unlabeled\": 90");
        assertThat(ResultsJson.read(file).protocol()).isEqualTo(protocol);
        Files.writeString(file, text.replace("linfhash-results/7", "linfhash-results/6"));
        InputErrors.assertOneSentence(
                () -> ResultsJson.read(file),
                "expected as schema linfhash-results/7, which has all these fields, found linfhash-results/6");
        Files.writeString(file, text.replace("\"unlabeled\": 90", "\"unlabeled\": 0"));
        InputErrors.assertOneSentence(() -> ResultsJson.read(file), "unlabeled", "found 0");
    }

    @Test
    void optionsForSeedComeBack() throws IOException {
        Path file = folder.resolve("results.json");
        Results results = SampleResults.seedOptions();

        ResultsJson.write(file, results);
        Results back = ResultsJson.read(file);

        assertThat(Files.readString(file))
                .contains("\"schema\": \"linfhash-results/5\"")
                .containsSubsequence("\"optionsAt\"", "\"optionsForSeed\": {", "\"0\": {", "\"48\": {", "\"2\": {");
        assertThat(back.protocol()).isEqualTo(results.protocol());
        assertThat(ResultsJson.text(back)).isEqualTo(Files.readString(file));
        MethodSummary tuned = back.protocol().methods().get(3);
        assertThat(tuned.optionsOf(64, 0))
                .containsEntry("epochs", new OptionValue.Whole(7))
                .containsEntry("learningRate", new OptionValue.Real(0.5));
        assertThat(tuned.optionsOf(64, 1).get("epochs")).hasToString("40");
        assertThat(tuned.optionsOf(48, 2).get("epochs")).hasToString("7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "0": {      | "00": {      | .optionsForSeed: expected a whole number, found '00'
                    "0": {      | "x": {       | .optionsForSeed: expected a whole number, found 'x'
                    "48": {     | "048": {     | .optionsForSeed.0: expected a whole number, found '048'
                    "48": {     | "-48": {     | : expected as code length of other options a whole number of at least 1, found -48
                    "epochs": 7 | "era": 7     | : expected as other options those of [
                    "48": {     | "48": 1, "49": { | .optionsForSeed.0.48: expected a group of keys, found a number
                    """)
    void wrongOptionsForSeedAreOneSentence(String from, String to, String sentence) throws IOException {
        Path file = folder.resolve("results.json");
        String good = ResultsJson.text(SampleResults.seedOptions());
        int place = good.indexOf("optionsForSeed");
        String rest = good.substring(place);
        assertThat(rest).contains(from);
        Files.writeString(file, good.substring(0, place) + rest.replaceFirst(Pattern.quote(from), to));
        assertThatThrownBy(() -> ResultsJson.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(", protocol.methods[3]" + sentence);
    }

    @Test
    void rowsAndOptionsAtACodeLengthComeBack() throws IOException {
        Path file = folder.resolve("results.json");
        Results results = SampleResults.rows();

        ResultsJson.write(file, results);
        Results back = ResultsJson.read(file);

        assertThat(Files.readString(file))
                .contains("\"schema\": \"linfhash-results/3\"")
                .containsSubsequence("\"name\": \"deep-linf\"", "\"row\": \"tuned\"", "\"title\"")
                .containsSubsequence("\"method\": \"deep-linf\"", "\"row\": \"as-printed\"", "\"bits\": 48");
        assertThat(back.protocol()).isEqualTo(results.protocol());
        assertThat(back.runs()).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(results.runs());
        assertThat(ResultsJson.text(back)).isEqualTo(Files.readString(file));
        assertThat(back.runs("deep-linf:tuned", 48))
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.metrics().get("map")).isGreaterThan(0.5));
        assertThat(back.runs("deep-linf", 48)).isEmpty();
    }

    @Test
    void thatTrainingImagesWereMirroredComesBack() throws IOException {
        Path file = folder.resolve("results.json");
        Results results = SampleResults.mirrored();

        ResultsJson.write(file, results);
        Results back = ResultsJson.read(file);

        assertThat(Files.readString(file))
                .contains("\"schema\": \"linfhash-results/4\"")
                .containsSubsequence("\"dimension\": 384,", "\"mirroredHash\": \"", "\"sizes\"");
        assertThat(back.protocol()).isEqualTo(results.protocol());
        assertThat(ResultsJson.text(back)).isEqualTo(Files.readString(file));
    }

    /** Nothing but the mirrored features differs, not even the hash of the protocol. */
    @Test
    void resultsWithMirroredTrainingImagesAreNotComparedWithOthers() {
        Results plain = SampleResults.comparison();
        Results mirrored = SampleResults.mirrored();
        assertThat(SameRules.hold(mirrored, mirrored)).isTrue();
        assertThat(SameRules.hold(plain, mirrored)).isFalse();
        assertThatThrownBy(() -> SameRules.require(plain, mirrored))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected the same hash of the features");
    }

    @Test
    void resultsWithoutRowsAreWrittenAsBeforeThereWereAny() {
        assertThat(ResultsJson.text(SampleResults.reproduction()))
                .contains("\"schema\": \"linfhash-results/2\"")
                .doesNotContain("\"row\"", "optionsAt");
    }

    @Test
    void nothingButTheFileIsLeftInTheFolder() throws IOException {
        ResultsJson.write(folder.resolve("results.json"), SampleResults.comparison());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("results.json"));
        }
    }

    @Test
    void everyDoubleSurvivesToTheLastBit() throws IOException {
        double[] values = {0.1 + 0.2, Double.MIN_VALUE, Math.nextDown(1.0), 2e-3, 1.0 / 3, 0, Math.PI * 1e200};
        RunResult run = SampleResults.measured(new RunKey("ksh", 48, 0), 0.1 + 0.2);
        RunResult withCurve = new RunResult(
                run.key(), run.splitHash(), run.codesHash(), 1, run.metrics(), Map.of("loss", values), Map.of(), null);
        Results sample = SampleResults.comparison();
        Path file = folder.resolve("results.json");

        ResultsJson.write(file, new Results(sample.protocol(), sample.environment(), List.of(withCurve)));

        RunResult back = ResultsJson.read(file).runs().get(0);
        assertThat(back.curves()).containsEntry("loss", values);
        assertThat(back.metrics()).isEqualTo(run.metrics());
    }

    @Test
    void keysKeepTheOrderOfTheSchemaWhateverTheOrderOfTheMaps() {
        Results sample = SampleResults.comparison();
        List<RunResult> runs = new ArrayList<>();
        for (RunResult run : sample.runs()) {
            runs.add(new RunResult(
                    run.key(),
                    run.splitHash(),
                    run.codesHash(),
                    run.parameters(),
                    backwards(run.metrics()),
                    backwards(run.curves()),
                    backwards(run.seconds()),
                    run.failure()));
        }
        Collections.reverse(runs);
        Results shuffled = new Results(sample.protocol(), sample.environment(), runs);

        assertThat(ResultsJson.text(shuffled)).isEqualTo(ResultsJson.text(sample));
        assertThat(ResultsJson.text(sample))
                .containsSubsequence("\"schema\": \"linfhash-results/2\"", "\"protocol\": {", "\"environment\": {")
                .containsSubsequence("\"map\":", "\"precision@2\":", "\"f1@0\":", "\"uniqueCodes\":")
                .containsSubsequence("\"train\":", "\"encode\":", "\"evaluate\":")
                .endsWith("}\n")
                .doesNotContain("\r");
    }

    @Test
    void runsAreSortedByTheProtocolsMethodsThenBitsThenSeed() {
        List<String> keys = SampleResults.comparison().runs().stream()
                .map(run -> run.key().toString())
                .toList();
        assertThat(keys)
                .startsWith("ksh-48-seed0", "ksh-48-seed1", "ksh-48-seed2", "ksh-64-seed0")
                .endsWith("itq-64-seed1", "itq-64-seed2");
    }

    @Test
    void resultsThatDifferInTimesAloneAreTheSameApartFromSeconds() {
        Results sample = SampleResults.comparison();
        Results untimed = sample.withoutSeconds();

        assertThat(ResultsJson.text(untimed)).isNotEqualTo(ResultsJson.text(sample));
        assertThat(ResultsJson.sameApartFromSeconds(sample, untimed)).isTrue();
    }

    @Test
    void resultsWithAnotherMetricAreNotTheSameApartFromSeconds() {
        Results sample = SampleResults.comparison();
        List<RunResult> runs = new ArrayList<>(sample.runs());
        runs.set(0, SampleResults.measured(runs.get(0).key(), 0.123));
        Results other = new Results(sample.protocol(), sample.environment(), runs);

        assertThat(ResultsJson.sameApartFromSeconds(sample, other)).isFalse();
    }

    private static <V> Map<String, V> backwards(Map<String, V> map) {
        List<String> keys = new ArrayList<>(map.keySet());
        Collections.reverse(keys);
        Map<String, V> copy = new java.util.LinkedHashMap<>();
        keys.forEach(key -> copy.put(key, map.get(key)));
        return copy;
    }
}
