package io.github.linfhash.results.regression;

import static io.github.linfhash.results.regression.RegressionSamples.EXPECTED;
import static io.github.linfhash.results.regression.RegressionSamples.RESULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.testing.InputErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requirements on a file of expected results. */
class ExpectedTest {
    private static final ExpectedCell CELL = EXPECTED.find("ksh", 48).orElseThrow();

    private static ExpectedCell cell(List<String> codes, Map<String, ExpectedMetric> metrics) {
        return new ExpectedCell("ksh", null, 48, codes, metrics, null, CELL.options(), null);
    }

    @Test
    void theTextHasEachHashAndMetricOfACellOnALineOfItsOwn() {
        List<String> lines = ExpectedYaml.text(EXPECTED).lines().toList();
        int start = lines.indexOf("    codes:");
        ExpectedCell first = EXPECTED.cells().get(0);
        assertThat(lines.subList(start + 1, start + 1 + first.codes().size()))
                .isEqualTo(first.codes().stream().map(hash -> "      - " + hash).toList());
        assertThat(lines.get(start + 1 + first.codes().size())).isEqualTo("    metrics:");
        long metrics = EXPECTED.cells().stream()
                .mapToLong(cell -> cell.metrics().size())
                .sum();
        assertThat(lines.stream().filter(line -> line.matches("      [A-Za-z0-9@]+: \\{.*}")))
                .hasSize((int) metrics);
    }

    /** Rows called as YAML's booleans and null, options too, and names of machines of all characters. */
    @Test
    void theTextReadsBackWhateverNamesAre(@TempDir Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xffff; c++) {
            if (c < 0x3000 || c >= 0xe000) {
                all.append((char) c);
            }
        }
        all.append(Character.toString(0x1f600));
        ExpectedEnvironment environment = new ExpectedEnvironment("c", all.toString(), "cpu", "b", 1);
        List<ExpectedCell> cells = Stream.of("null", "true", "no", "y", "tuned")
                .map(word -> new ExpectedCell(
                        "ksh", word, 48, CELL.codes(), CELL.metrics(), null, Map.of(word, "1", "a.b", "2"), null))
                .toList();
        Expected expected = new Expected(
                EXPECTED.schema(),
                EXPECTED.protocol(),
                EXPECTED.hashes(),
                environment,
                EXPECTED.seeds(),
                EXPECTED.rule(),
                cells);
        String text = ExpectedYaml.text(expected);
        assertThat(text).contains("    variant: tuned\n");
        Path file = Files.writeString(folder.resolve("expected.yaml"), text);
        assertThat(StrictReader.read(file, Expected.class)).isEqualTo(expected);
    }

    @Test
    void aHashHas64Digits() {
        List<String> codes = new ArrayList<>(CELL.codes());
        codes.set(1, codes.get(1).substring(1));
        assertThatThrownBy(() -> cell(codes, CELL.metrics())).isInstanceOf(IllegalArgumentException.class);
        ExpectedHashes is = EXPECTED.hashes();
        assertThatThrownBy(() -> new ExpectedHashes("x", is.dataset(), is.features(), is.splits()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExpectedHashes(is.protocol(), is.dataset(), is.features(), Map.of(0L, "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMetricHasAKey() {
        ExpectedMetric map = RegressionSamples.metric("ksh", 48, "map");
        assertThatThrownBy(() -> cell(CELL.codes(), Map.of("m ap", map)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a metric's key, found 'm ap'");
        assertThatThrownBy(() -> cell(CELL.codes(), Map.of())).hasMessage("expected metrics, found none");
    }

    @Test
    void eachCellComesOnceWithAHashForEachSeed() {
        assertThatThrownBy(() -> RegressionSamples.expecting(EXPECTED.hashes(), List.of(CELL, CELL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected each cell once, found ksh-48 twice");
        ExpectedCell fewer = cell(CELL.codes().subList(1, 3), CELL.metrics());
        assertThatThrownBy(() -> RegressionSamples.expecting(EXPECTED.hashes(), List.of(fewer)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            linfhash-expected/1 | linfhash-expected/2 | expected schema linfhash-expected/1, found 'linfhash-expected/2'
            seeds: [0, 1]       | seeds: [0, 0]       | expected seeds, each once, found [0, 0]
            seeds: [0, 1]       | seeds: [0, 1, 2]    | expected a split for each of the seeds [0, 1, 2]
            threads: 1          | thread: 1           | found 'thread' (did you mean 'threads'?)
            spreads: 3          | spreads: -1         | expected a number of at least 0, found -1.0
            share: 0.5          | share: -1           | expected a number of at least 0, found -1.0
            spreads: 3          | spreads: .nan       | rule.spreads: expected well-formed YAML
            map: {mean: 0       | map: {mean: 1       | expected the mean of
            map: {mean          | map: {median        | unknown key: expected one of mean, reason, sd, tolerance, values, found 'median'
            method: ksh         | method: nnh         | expected each cell once, found nnh-8 twice
            bits: 8             | bits: eight         | expected a whole number
            "\\"a\\" 1"         | " "                 | expected a commit, found none
            """)
    void aFileThatIsNotRightIsOneSentence(String text, String other, String sentence, @TempDir Path folder)
            throws IOException {
        String content = ExpectedYaml.text(small());
        assertThat(content).contains(text);
        Path file = folder.resolve("tiny.yaml");
        Files.writeString(file, content.replaceFirst(Pattern.quote(text), other));
        InputErrors.assertBadInput(() -> StrictReader.read(file, Expected.class))
                .message()
                .contains("tiny.yaml", sentence)
                .doesNotContain("\n");
    }

    /** Files from before there was a floor of their own for recall and F1. */
    @Test
    void aFileWithoutAShareIsReadAndGetsOneWhenAccepted(@TempDir Path folder) throws IOException {
        String now = ExpectedYaml.text(EXPECTED);
        String before = now.replace("  share: 0.5\n", "").replaceFirst("# Floor of recall and F1.*\n", "");
        assertThat(before.length()).isLessThan(now.length() - "  share: 0.5\n".length());
        Expected read = StrictReader.read(Files.writeString(folder.resolve("tiny.yaml"), before), Expected.class);
        assertThat(ExpectedYaml.text(read)).isEqualTo(before);
        assertThat(ExpectedYaml.text(RegressionSamples.accepted(RESULTS, Optional.of(read), Scope.ALL)))
                .isEqualTo(now);
    }

    /** Returns expected results of two methods that nobody measured. */
    private static Expected small() {
        String hash = Digests.sha256("small");
        ExpectedMetric map = new ExpectedMetric(0.5, 0.1, 0.01, null, List.of(0.4, 0.6));
        List<ExpectedCell> cells = Stream.of("ksh", "nnh")
                .map(name ->
                        new ExpectedCell(name, null, 8, List.of(hash, hash), Map.of("map", map), "\"a\" 1", null, null))
                .toList();
        return new Expected(
                Expected.SCHEMA,
                "tiny",
                new ExpectedHashes(hash, hash, hash, Map.of(0L, hash, 1L, hash)),
                new ExpectedEnvironment("abc", "JDK \"17\"", "CPU", "backend", 1),
                List.of(0L, 1L),
                ToleranceRule.STANDARD,
                cells);
    }
}
