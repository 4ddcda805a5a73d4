package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Summaries as aligned text for a console. */
final class TextSummary {
    private static final String GAP = "  ";

    private TextSummary() {}

    static String render(Results results) {
        List<Quantity> columns =
                TableLayout.of(List.of(), results.protocol().headline()).columns();
        List<String> keys = columns.stream().map(Quantity::key).toList();
        List<List<String>> lines = new ArrayList<>();
        lines.add(header(columns));
        SummaryRow.allOf(results, keys).forEach(row -> lines.add(line(row, columns)));
        return synthetic(results) + mirrored(results) + aligned(lines) + note(results, columns);
    }

    private static String synthetic(Results results) {
        return results.protocol().dataset().synthetic()
                ? "SYNTHETIC: the features were generated; these numbers say nothing about the data set itself.\n"
                : "";
    }

    private static String mirrored(Results results) {
        return results.protocol().features().mirroredHash() == null
                ? ""
                : "Trained on mirror images of the training images, too: not to be set beside results without them.\n";
    }

    private static List<String> header(List<Quantity> columns) {
        List<String> cells = new ArrayList<>(List.of("method", "bits", "runs"));
        columns.forEach(column -> cells.add(column.key()));
        return cells;
    }

    private static List<String> line(SummaryRow row, List<Quantity> columns) {
        int runs = row.measured() + row.failed();
        List<String> cells = new ArrayList<>(List.of(
                row.method(),
                Integer.toString(row.bits()),
                row.failed() == 0 ? Integer.toString(runs) : row.measured() + " of " + runs));
        columns.forEach(column -> cells.add(cell(row, column)));
        return cells;
    }

    private static String cell(SummaryRow row, Quantity column) {
        Summary summary = row.summaries().get(column.key());
        if (summary == null) {
            return "-";
        }
        String half = NumberText.halfWidth(column, summary);
        String mean = NumberText.mean(column, summary);
        return half.isEmpty() ? mean : mean + " \u00b1" + half;
    }

    /** The first column is text and starts at the left; numbers end at the right. */
    private static String aligned(List<List<String>> lines) {
        int[] widths = IntStream.range(0, lines.get(0).size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, widths.length)
                        .mapToObj(column -> padded(line.get(column), widths[column], column))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String padded(String text, int width, int column) {
        String padding = " ".repeat(width - text.length());
        return column == 0 ? text + padding : padding + text;
    }

    private static String note(Results results, List<Quantity> columns) {
        String runs = results.runs().stream()
                .filter(run -> run.failed())
                .map(run -> "failed: " + run.key() + ": " + run.failure() + "\n")
                .collect(Collectors.joining());
        return "Means in percent"
                + (results.protocol().seeds().size() > 1 ? " \u00b1 half width of their 95 % interval over seeds" : "")
                + others(columns) + ".\n" + runs;
    }

    private static String others(List<Quantity> columns) {
        return columns.stream()
                .filter(column -> column.kind() != Quantity.Kind.FRACTION)
                .map(column -> "; " + column.key() + " is a " + column.kind().unit())
                .collect(Collectors.joining());
    }
}
