package io.github.linfhash.results.tables;

import java.util.ArrayList;
import java.util.List;

/** A comparison in LaTeX; needs the package booktabs. */
final class LatexTable {
    private LatexTable() {}

    static String of(ComparisonTable comparison, String title) {
        int columns = comparison.layout().columns().size();
        StringBuilder text = new StringBuilder("% needs \\usepackage{booktabs} and \\usepackage{graphicx}\n");
        text.append("\\begin{table*}\n\\centering\n\\caption{")
                .append(Latex.escape(title + ". " + TableFiles.LEGEND))
                .append("}\n\\resizebox{\\textwidth}{!}{%\n\\begin{tabular}{lrl")
                .append("r".repeat(columns))
                .append("}\n\\toprule\n");
        groups(text, comparison.layout());
        List<String> headings = new ArrayList<>(List.of("Method", "$N$", "Reading"));
        comparison.layout().columns().forEach(column -> headings.add(Latex.escape(column.head())));
        row(text, headings);
        String last = "";
        for (ReadingLine line : ReadingLine.allOf(comparison)) {
            boolean starts = !line.method().equals(last);
            text.append(starts ? "\\midrule\n" : "");
            List<String> cells = new ArrayList<>(
                    List.of(starts ? Latex.escape(line.method()) : "", Integer.toString(line.bits()), line.reading()));
            line.cells().forEach(cell -> cells.add(cell(cell)));
            row(text, cells);
            last = line.method();
        }
        return text.append("\\bottomrule\n\\end{tabular}}\n\\end{table*}\n").toString();
    }

    private static void groups(StringBuilder text, TableLayout layout) {
        List<String> cells = new ArrayList<>(List.of("", "", ""));
        StringBuilder rules = new StringBuilder();
        int first = cells.size() + 1;
        for (ColumnGroup group : layout.groups()) {
            int width = group.columns().size();
            cells.add("\\multicolumn{" + width + "}{c}{" + Latex.escape(group.title()) + "}");
            if (!group.title().isEmpty()) {
                rules.append("\\cmidrule(lr){")
                        .append(first)
                        .append('-')
                        .append(first + width - 1)
                        .append("}");
            }
            first += width;
        }
        row(text, cells);
        text.append(rules).append('\n');
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append(String.join(" & ", cells)).append(" \\\\\n");
    }

    private static String cell(ReadingLine.Cell cell) {
        return Latex.number(cell.value(), cell.distance(), cell.best(), cell.significant() ? "^{*}" : "");
    }
}
