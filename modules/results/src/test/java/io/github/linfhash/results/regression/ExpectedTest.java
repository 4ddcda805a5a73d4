package io.github.linfhash.results.regression;

import static io.github.linfhash.results.regression.RegressionSamples.EXPECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
