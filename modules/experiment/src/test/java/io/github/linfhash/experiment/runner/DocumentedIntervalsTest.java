package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.EvidenceFiles;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tables of documents show the means and half widths of the packed results that they name. */
class DocumentedIntervalsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\d+) \\| [^|]+ \\| ([0-9.]+ ± [0-9.]+) \\|");
    private static final Pattern EXCERPT =
            Pattern.compile("(?m)^([a-z-]+) +(\\d+) +3 +([0-9.]+ ±[0-9.]+) +([0-9.]+) ±[0-9.]+$");

    @Test
    void theTableShowsTheIntervalsOfTheShippedResults() throws IOException {
        Path folder = ROOT.resolve("reports/results/cifar10-e1-8ae73e77");
        Evidence evidence = EvidenceFiles.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        Quantity map = StandardMetrics.quantity("map");
        String text = Files.readString(ROOT.resolve("docs/results/cifar10.md"));
        assertThat(ROW.matcher(text).results())
                .hasSizeGreaterThan(15)
                .allSatisfy(
                        row -> assertThat(row.group(3)).as(row.group()).isEqualTo(measured(evidence, map, row, " ± ")));
    }

    /** Packed results have no interval of the precision, whose mean alone is compared. */
    @Test
    void theExcerptInTheReadmeIsOfTheShippedResults() throws IOException {
        Path folder = ROOT.resolve("reports/results/fashion-mnist-e1-9bd4aaf8");
        Evidence evidence = EvidenceFiles.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        Quantity map = StandardMetrics.quantity("map");
        Quantity precision = StandardMetrics.quantity("precision@2");
        String text = Files.readString(ROOT.resolve("README.md"));
        assertThat(EXCERPT.matcher(text).results()).hasSize(6).allSatisfy(row -> {
            assertThat(row.group(3)).as(row.group()).isEqualTo(measured(evidence, map, row, " ±"));
            assertThat(measured(evidence, precision, row, " ±")).as(row.group()).startsWith(row.group(4));
        });
    }

    private static String measured(Evidence evidence, Quantity quantity, MatchResult row, String sign) {
        return CellValues.summary(evidence, row.group(1), Integer.parseInt(row.group(2)), quantity)
                .map(summary -> NumberText.both(quantity, summary, sign))
                .orElse("nothing");
    }
}
