package io.github.linfhash.results.tables;

import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * What was measured for one method at one code length.
 *
 * @param method the method's name, or {@code METHOD:ROW}
 * @param bits the code length N
 * @param measured how many runs did not fail
 * @param failed how many runs did
 * @param summaries the measured metrics by key
 */
record SummaryRow(String method, int bits, int measured, int failed, Map<String, Summary> summaries) {
    /** The rows of all methods and code lengths that were run, in the order of the results. */
    static List<SummaryRow> allOf(Results results, List<String> metrics) {
        Table runs = RunTable.of(results);
        SeedSummaries seeds = SeedSummaries.of(
                runs, RunTable.METRIC, results.protocol().sizes().queries());
        List<SummaryRow> rows = new ArrayList<>();
        RunTable.summary(runs, RunTable.FAILED, "method", "configuration", "bits")
                .forEach(row -> {
                    String method = RunTable.entry(row);
                    int bits = row.getInt("bits");
                    int failed = (int) row.getDouble("Sum [value]");
                    Map<String, Summary> summaries = new LinkedHashMap<>();
                    metrics.forEach(key -> seeds.find(method, bits, key).ifPresent(s -> summaries.put(key, s)));
                    rows.add(new SummaryRow(
                            method, bits, (int) row.getDouble("Count [value]") - failed, failed, summaries));
                });
        return rows;
    }
}
