package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tables of documents show the numbers of the packed results that a comment before them names:
 *
 * <pre>
 * &lt;!-- results
 * protocol: cifar10-unseen
 * bits: 48
 * columns: [map, map minus itq, "-"]
 * --&gt;
 * </pre>
 *
 * <p>The first column has configurations, unless {@code rows} lists them ("-" for one that is not compared). Each of {@code columns}
 * describes a further one: a metric, its difference to a configuration, its range over tuning runs, or "-" for a column that is not
 * compared. "with SUFFIX" of the configuration, "of PROTOCOL" and "at BITS" may follow. The columns "bits" and "bytes" contain the code
 * length of their row. A cell is "diverged" if all runs failed. If a table has asterisks, they mark differences that are significant
 * after Holm's correction for all configurations.
 */
class DocumentedTablesTest {
    private static final Path ROOT = Path.of("../..");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern TABLE = Pattern.compile("(?m)^<!-- results\n((?:.*\n)+?)-->\n\n((?:\\|.*\n)+)");
    private static final Pattern COLUMN =
            Pattern.compile("(range of )?([\\w@]+)(?: minus (\\S+))?(?: with (\\S+))?(?: of (\\S+))?(?: at (\\d+))?");
    private static final String NUMBER = "[+-]?[0-9.]+(?:e-?[0-9]+)?";
    private static final Pattern CELL =
            Pattern.compile("(?:.* / )?(" + NUMBER + ")(?: ± (" + NUMBER + "))?(?: \\((.*)\\))?\\*?");
    private static final Pattern RANGE =
            Pattern.compile("(?:(" + NUMBER + ") \\()?(" + NUMBER + ") to (" + NUMBER + ")\\)?");

    private static final Pattern EXCERPT =
            Pattern.compile("(?m)^([a-z-]+) +(\\d+) +3 +([0-9.]+) ±([0-9.]+) +([0-9.]+) ±[0-9.]+$");

    private record Described(
            @JsonProperty("protocol") String protocol,
            @JsonProperty("bits") @Nullable Integer bits,
            @JsonProperty("rows") @Nullable List<String> rows,
            @JsonProperty("columns") List<String> columns) {}

    private final Map<String, Evidence> read = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void showTheShippedResults() throws IOException {
        Map<String, Integer> compared = new TreeMap<>();
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            for (Path document : Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .filter(path ->
                            path.toString().endsWith(".md") && !path.toString().contains("node_modules"))
                    .toList()) {
                for (MatchResult table :
                        TABLE.matcher(Files.readString(document)).results().toList()) {
                    compared.merge(
                            ROOT.relativize(document).toString(),
                            compare(document, YAML.readValue(table.group(1), Described.class), table.group(2)),
                            Integer::sum);
                }
            }
        }
        assertThat(wrong).isEmpty();
        // A comment that is lost, or not understood, is noticed here.
        assertThat(compared).hasSize(8);
        assertThat(compared.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(535);
    }

    /** Packed results have no interval of the precision, whose mean alone is compared. */
    @Test
    void theExcerptOfAReportIsOfTheShippedResults() throws IOException {
        Evidence evidence = evidence("fashion-mnist");
        String text = Files.readString(ROOT.resolve("docs/hashing.md"));
        assertThat(EXCERPT.matcher(text).results()).hasSize(6).allSatisfy(row -> {
            int bits = Integer.parseInt(row.group(2));
            Summary map = values(evidence, row.group(1), bits, StandardMetrics.quantity("map"))
                    .summary();
            check(row.group(), row.group(3), map.mean());
            check(row.group(), row.group(4), map.halfWidth().orElseThrow());
            Summary precision = values(evidence, row.group(1), bits, StandardMetrics.quantity("precision@2"))
                    .summary();
            check(row.group(), row.group(5), precision.mean());
        });
        assertThat(wrong).isEmpty();
    }

    /** Returns how many cells were compared. */
    private int compare(Path document, Described described, String table) throws IOException {
        List<String> lines = table.lines().skip(2).toList();
        List<String> named = described.rows;
        if (named != null) {
            assertThat(named).as(table).hasSameSizeAs(lines);
        }
        int count = 0;
        for (int line = 0; line < lines.size(); line++) {
            String[] cells = lines.get(line).replaceAll("^\\| *| *\\|$", "").split(" *\\| *", -1);
            assertThat(cells).as(lines.get(line)).hasSize(1 + described.columns.size());
            String row = named == null ? cells[0].replace("`", "") : named.get(line);
            if (row.equals("-")) {
                continue;
            }
            Integer bits = described.bits;
            for (int c = 1; c < cells.length; c++) {
                String column = described.columns.get(c - 1);
                if (column.equals("bits") || column.equals("bytes")) {
                    bits = (column.equals("bits") ? 1 : 8) * Integer.parseInt(cells[c].replace(",", ""));
                } else if (!column.equals("-") && !cells[c].isEmpty()) {
                    Matcher wanted = COLUMN.matcher(column);
                    assertThat(wanted.matches()).as(column).isTrue();
                    String entry = wanted.group(4) == null ? row : row + wanted.group(4);
                    String of = wanted.group(5) == null ? described.protocol : wanted.group(5);
                    String at = wanted.group(6);
                    String place = ROOT.relativize(document) + ", " + entry + ", " + column + ": '" + cells[c] + "'";
                    int length = at == null ? Objects.requireNonNull(bits, place) : Integer.parseInt(at);
                    compare(place, cells[c], evidence(of), entry, length, wanted);
                    if (wanted.group(3) != null && table.contains("*")) {
                        assertThat(cells[c].endsWith("*"))
                                .as(place)
                                .isEqualTo(significant(evidence(of), entry, length, wanted));
                    }
                    count++;
                }
            }
        }
        return count;
    }

    private void compare(String place, String cell, Evidence evidence, String row, int bits, MatchResult wanted) {
        Quantity quantity = StandardMetrics.quantity(wanted.group(2));
        CellValues values = values(evidence, row, bits, quantity);
        assertThat(values.isEmpty()).as(place).isEqualTo(cell.equals("diverged"));
        if (values.isEmpty()) {
            return;
        }
        if (wanted.group(1) != null) {
            compareRange(place, cell, values);
            return;
        }
        String other = wanted.group(3);
        Matcher found = CELL.matcher(cell);
        assertThat(found.matches()).as(place).isTrue();
        CellValues shown = other == null ? values : values.minus(values(evidence, other, bits, quantity));
        Summary summary = shown.summary();
        check(place, found.group(1), summary.mean());
        if (found.group(2) != null) {
            // Over seeds alone where values of single queries were not packed.
            check(place, found.group(2), shown.tested().halfWidth().orElseThrow());
        }
        // Tuning runs in two groups have no interval, and each of them is shown.
        List<Double> runs = summary.groups().stream().sorted().toList();
        if (!runs.isEmpty()) {
            String[] each = String.valueOf(found.group(3)).split(", ");
            assertThat(each).as(place).hasSameSizeAs(runs);
            for (int i = 0; i < each.length; i++) {
                check(place, each[i], runs.get(i));
            }
        }
    }

    private void compareRange(String place, String cell, CellValues values) {
        DoubleSummaryStatistics means = values.values().values().stream()
                .mapToDouble(ofSearch -> ofSearch.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow())
                .summaryStatistics();
        Matcher found = RANGE.matcher(cell);
        assertThat(found.matches()).as(place).isTrue();
        if (found.group(1) != null) {
            check(place, found.group(1), means.getAverage());
        }
        check(place, found.group(2), means.getMin());
        check(place, found.group(3), means.getMax());
    }

    /** A fraction, in percent, within half of the last digit that is shown. */
    private void check(String place, String shown, double measured) {
        BigDecimal number = new BigDecimal(shown);
        if (Math.abs(number.doubleValue() - 100 * measured) > 0.5 * number.ulp().doubleValue() + 1e-9) {
            wrong.add(place + ": " + shown + " is " + 100 * measured);
        }
    }

    /** Whether a configuration differs from the other one after Holm's correction for all configurations. */
    private static boolean significant(Evidence evidence, String row, int bits, MatchResult wanted) {
        Quantity quantity = StandardMetrics.quantity(wanted.group(2));
        String other = wanted.group(3);
        List<String> rows = evidence.results().protocol().methods().stream()
                .map(Configuration::entry)
                .filter(one -> !one.equals(other)
                        && !values(evidence, one, bits, quantity).isEmpty())
                .toList();
        assertThat(rows).contains(row);
        CellValues base = values(evidence, other, bits, quantity);
        List<Double> p = new ArrayList<>();
        for (String one : rows) {
            p.add(values(evidence, one, bits, quantity)
                    .minus(base)
                    .tested()
                    .p(0)
                    .orElseThrow());
        }
        double[] adjusted =
                Holm.adjust(p.stream().mapToDouble(Double::doubleValue).toArray());
        return adjusted[rows.indexOf(row)] < 0.05;
    }

    private static CellValues values(Evidence evidence, String row, int bits, Quantity quantity) {
        return CellValues.ofMetric(
                evidence.results().runs(row, bits), quantity, evidence.results().protocol(), evidence.queries());
    }

    private Evidence evidence(String protocol) throws IOException {
        Evidence known = read.get(protocol);
        if (known != null) {
            return known;
        }
        Path folder = shipped(protocol);
        Evidence evidence = Evidence.of(ResultsJson.read(ResultsJson.file(folder)), folder);
        read.put(protocol, evidence);
        return evidence;
    }

    /** The only folder with packed results of a protocol. */
    static Path shipped(String protocol) throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("reports/results"))) {
            List<Path> found = folders.filter(
                            folder -> folder.getFileName().toString().matches(protocol + "-e\\d+-[0-9a-f]+"))
                    .toList();
            assertThat(found).as(protocol).hasSize(1);
            return found.get(0);
        }
    }
}
