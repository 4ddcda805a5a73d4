package io.github.linfhash.results.tables;

import io.github.linfhash.io.binding.StrictYaml;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a comparison in short, one row for each method and code length, for consoles and programs.
 *
 * <p>The text for people is in percent, as the paper prints; CSV and JSON keep fractions, as results.json does.
 */
public final class SummaryTable {
    private final Results results;

    private SummaryTable(Results results) {
        this.results = results;
    }

    /** The table of all runs of the results. */
    public static SummaryTable of(Results results) {
        return new SummaryTable(results);
    }

    /** The table for people: the means in percent, with the half width of their 95 % interval where there is more than one seed. */
    public String text() {
        return TextSummary.render(results);
    }

    /**
     * CSV with a header: method, bits, measured and failed runs, then for every metric its mean and, in a column that
     * ends in {@code .sd}, its sample standard deviation; empty where there is none; at last, whether the
     * features are synthetic.
     */
    public String csv() {
        return CsvSummary.render(SummaryRow.allOf(results, metrics()), metrics(), synthetic());
    }

    /** A JSON list with an object for each row: method, bits, measured, failed, synthetic, and mean, sd and n of every metric. */
    public String json() {
        return StrictYaml.toJsonFile(SummaryRow.allOf(results, metrics()).stream()
                .map(row -> new JsonRow(
                        row.method(), row.bits(), row.measured(), row.failed(), synthetic(), numbers(row.summaries())))
                .toList());
    }

    private record JsonRow(
            String method, int bits, int measured, int failed, boolean synthetic, Map<String, JsonNumbers> metrics) {}

    private record JsonNumbers(double mean, @Nullable Double sd, int n) {}

    private static Map<String, JsonNumbers> numbers(Map<String, Summary> summaries) {
        Map<String, JsonNumbers> numbers = new LinkedHashMap<>();
        summaries.forEach((key, summary) -> numbers.put(
                key,
                new JsonNumbers(
                        summary.mean(),
                        summary.spread().isPresent() ? summary.spread().getAsDouble() : null,
                        summary.n())));
        return numbers;
    }

    private boolean synthetic() {
        return results.protocol().dataset().synthetic();
    }

    private List<String> metrics() {
        return results.runs().stream()
                .flatMap(run -> run.metrics().keySet().stream())
                .distinct()
                .toList();
    }
}
