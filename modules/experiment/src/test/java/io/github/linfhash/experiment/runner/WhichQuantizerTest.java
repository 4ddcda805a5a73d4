package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page that compares quantizers, whose numbers ci/which-quantizer.py computes, against this program's statistics. */
class WhichQuantizerTest {
    private static final Path ROOT = Path.of("../..");
    private static final Quantity RECALL = StandardMetrics.quantity("neighborRecall@1");

    private record Row(Evidence evidence, String configuration, int bits, String recall, boolean worse, double bytes) {
        static Row of(Evidence evidence, String[] cells) {
            return new Row(
                    evidence,
                    cells[1],
                    8 * Integer.parseInt(cells[2]),
                    cells[3] + " ± " + cells[4],
                    cells[5].equals("yes"),
                    Double.parseDouble(cells[6]));
        }

        /** Without the results, which are long. */
        @Override
        public String toString() {
            return evidence.results().protocol().name() + ", " + configuration + " at " + bits + " bits: " + recall;
        }

        /** Codes that were fitted to other vectors search half of them, and are compared among themselves. */
        boolean ofOtherHalf() {
            return configuration.endsWith("other-half");
        }

        /** Sets of other dimensions than 384 have fewer rows, and some one seed. */
        boolean beyond() {
            return evidence.results().protocol().features().dimension() != 384;
        }

        CellValues values() {
            return CellValues.ofMetric(
                    evidence.results().runs(configuration, bits),
                    RECALL,
                    evidence.results().protocol(),
                    evidence.queries());
        }
    }

    @Test
    void theRowsShowRecallWithItsInterval() throws IOException {
        for (List<Row> rows : all()) {
            assertThat(rows).allSatisfy(row -> {
                Summary summary = row.values().summary();
                OptionalDouble reach = summary.halfWidth();
                assertThat(percent(summary.mean()) + " ± " + (reach.isPresent() ? percent(reach.getAsDouble()) : ""))
                        .as(row.toString())
                        .isEqualTo(row.recall);
                assertThat(summary.n()).isIn(row.beyond() ? List.of(1, 5) : List.of(5));
                assertThat(row.bytes).isLessThanOrEqualTo(row.bits / 8.0);
            });
        }
    }

    private static String percent(double fraction) {
        return BigDecimal.valueOf(100 * fraction)
                .setScale(6, RoundingMode.HALF_UP)
                .setScale(1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    @Test
    void rowsThatAreSignificantlyWorseThanTheBestSaySo() throws IOException {
        for (List<Row> rows : all()) {
            if (rows.get(0).values().summary().n() == 1) {
                // Nothing is tested.
                assertThat(rows).noneMatch(Row::worse);
                continue;
            }
            for (boolean ofOtherHalf : new boolean[] {false, true}) {
                List<Row> compared = new ArrayList<>();
                List<Double> p = new ArrayList<>();
                for (int bits : rows.stream().mapToInt(Row::bits).distinct().toArray()) {
                    List<Row> ofSize = rows.stream()
                            .filter(row -> row.bits == bits && row.ofOtherHalf() == ofOtherHalf)
                            .toList();
                    Row best = ofSize.stream()
                            .max(Comparator.comparingDouble(
                                    row -> row.values().summary().mean()))
                            .orElse(null);
                    if (best == null) {
                        continue;
                    }
                    assertThat(best.worse).as(best.toString()).isFalse();
                    ofSize.stream().filter(row -> row != best).forEach(row -> {
                        compared.add(row);
                        p.add(best.values().minus(row.values()).tested().p(0).orElseThrow());
                    });
                }
                double[] adjusted =
                        Holm.adjust(p.stream().mapToDouble(Double::doubleValue).toArray());
                IntStream.range(0, adjusted.length)
                        .forEach(i -> assertThat(compared.get(i).worse)
                                .as(compared.get(i).toString())
                                .isEqualTo(adjusted[i] < 0.05));
            }
        }
    }

    /** The rows of each data set. */
    private static List<List<Row>> all() throws IOException {
        List<String[]> lines = Files.readAllLines(ROOT.resolve("reports/which-quantizer.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
        List<List<Row>> sets = new ArrayList<>();
        for (String protocol : lines.stream().map(cells -> cells[0]).distinct().toList()) {
            Path folder = DocumentedTablesTest.shipped(protocol);
            Evidence evidence = Evidence.of(ResultsJson.read(ResultsJson.file(folder)), folder);
            List<Row> rows = lines.stream()
                    .filter(cells -> cells[0].equals(protocol))
                    .map(cells -> Row.of(evidence, cells))
                    .toList();
            assertThat(rows).as(protocol).hasSizeGreaterThan(rows.get(0).beyond() ? 15 : 25);
            sets.add(rows);
        }
        assertThat(sets).hasSizeGreaterThan(8);
        return sets;
    }
}
