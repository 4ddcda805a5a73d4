package io.github.linfhash.results.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Summaries as CSV. */
final class CsvSummary {
    private CsvSummary() {}

    static String render(List<SummaryRow> rows, List<String> metrics, boolean synthetic) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord(header(metrics));
            for (SummaryRow row : rows) {
                printer.printRecord(values(row, metrics, synthetic));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory can always be written", e);
        }
        return text.toString();
    }

    private static List<String> header(List<String> metrics) {
        List<String> names = new ArrayList<>(List.of("method", "bits", "measured", "failed"));
        metrics.forEach(metric -> names.addAll(List.of(metric, metric + ".sd")));
        names.add("synthetic");
        return names;
    }

    private static List<Object> values(SummaryRow row, List<String> metrics, boolean synthetic) {
        List<Object> values = new ArrayList<>(List.of(row.method(), row.bits(), row.measured(), row.failed()));
        for (String metric : metrics) {
            Optional<Summary> summary = Optional.ofNullable(row.summaries().get(metric));
            values.add(summary.<Object>map(Summary::mean).orElse(""));
            values.add(summary.filter(s -> s.spread().isPresent())
                    .<Object>map(s -> s.spread().getAsDouble())
                    .orElse(""));
        }
        values.add(synthetic);
        return values;
    }
}
