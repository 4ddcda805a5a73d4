package io.github.linfhash.results.tables;

import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        SeedSummaries seeds = SeedSummaries.ofMetrics(results);
        List<SummaryRow> rows = new ArrayList<>();
        for (String method : results.protocol().methodNames()) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                int runs = results.runs(method, bits).size();
                int failed = (int) results.runs(method, bits).stream()
                        .filter(run -> run.failed())
                        .count();
                Map<String, Summary> summaries = new LinkedHashMap<>();
                metrics.forEach(key -> seeds.find(method, bits, key).ifPresent(s -> summaries.put(key, s)));
                if (runs > 0) {
                    rows.add(new SummaryRow(method, bits, runs - failed, failed, summaries));
                }
            }
        }
        return rows;
    }
}
