package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import java.util.ArrayList;
import java.util.List;

/** A comparison in Markdown. */
final class MarkdownTable {
    private MarkdownTable() {}

    static String of(ComparisonTable comparison, String title) {
        List<String> headings = new ArrayList<>(List.of("Method", "N", "Reading"));
        for (ColumnGroup group : comparison.layout().groups()) {
            for (Quantity column : group.columns()) {
                headings.add(escape(column.head() + (group.title().isEmpty() ? "" : ", " + group.title())));
            }
        }
        StringBuilder text = new StringBuilder("# ").append(escape(title)).append("\n\n");
        row(text, headings);
        row(text, headings.stream().map(heading -> "---").toList());
        for (ReadingLine line : ReadingLine.allOf(comparison)) {
            List<String> cells =
                    new ArrayList<>(List.of(escape(line.method()), Integer.toString(line.bits()), line.reading()));
            line.cells().forEach(cell -> cells.add(cell(cell)));
            row(text, cells);
        }
        text.append('\n').append(TableFiles.LEGEND).append('\n');
        comparison.rows().stream()
                .flatMap(
                        row -> row.note().stream().map(note -> "\n" + escape(row.title()) + ": " + escape(note) + "\n"))
                .distinct()
                .forEach(text::append);
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String cell(ReadingLine.Cell cell) {
        String value = cell.best() ? "**" + cell.value() + "**" : cell.value();
        String star = cell.significant() ? "\\*" : "";
        return value + star + (cell.distance().isEmpty() ? "" : " \u00b1 " + cell.distance());
    }

    /** Text that Markdown shows as it is. */
    static String escape(String text) {
        return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|&~])", "\\\\$1");
    }
}
