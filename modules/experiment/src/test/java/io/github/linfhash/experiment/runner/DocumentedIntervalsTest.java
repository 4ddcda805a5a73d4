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

/** The table of docs/results/cifar10.md shows the means and half widths of the packed results that it names. */
class DocumentedIntervalsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\d+) \\| [^|]+ \\| ([0-9.]+ ± [0-9.]+) \\|");

    @Test
    void theTableShowsTheIntervalsOfTheShippedResults() throws IOException {
        Path folder = ROOT.resolve("reports/results/cifar10-e1-8ae73e77");
        Evidence evidence = EvidenceFiles.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        Quantity map = StandardMetrics.quantity("map");
        String text = Files.readString(ROOT.resolve("docs/results/cifar10.md"));
        assertThat(ROW.matcher(text).results())
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(row.group(3)).as(row.group()).isEqualTo(measured(evidence, map, row)));
    }

    private static String measured(Evidence evidence, Quantity map, MatchResult row) {
        return CellValues.summary(evidence, row.group(1), Integer.parseInt(row.group(2)), map)
                .map(summary -> NumberText.both(map, summary, " ± "))
                .orElse("nothing");
    }
}
