package io.github.linfhash.results.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison in LaTeX; needs the package booktabs. */
final class LatexTable {
    private LatexTable() {}

    static String of(ComparisonTable comparison, String title) {
        int columns = comparison.layout().columns().size();
        StringBuilder text = new StringBuilder("% needs \\usepackage{booktabs} and \\usepackage{graphicx}\n");
        text.append("\\begin{table*}\n\\centering\n\\caption{")
                .append(escape(title + ". " + TableFiles.LEGEND))
                .append("}\n\\resizebox{\\textwidth}{!}{%\n\\begin{tabular}{lrl")
                .append("r".repeat(columns))
                .append("}\n\\toprule\n");
        groups(text, comparison.layout());
        List<String> headings = new ArrayList<>(List.of("Method", "$N$", "Reading"));
        comparison.layout().columns().forEach(column -> headings.add(escape(column.head())));
        row(text, headings);
        String last = "";
        for (ReadingLine line : ReadingLine.allOf(comparison)) {
            boolean starts = !line.method().equals(last);
            text.append(starts ? "\\midrule\n" : "");
            List<String> cells = new ArrayList<>(
                    List.of(starts ? escape(line.method()) : "", Integer.toString(line.bits()), line.reading()));
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
            cells.add("\\multicolumn{" + width + "}{c}{" + escape(group.title()) + "}");
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
        if (cell.value().isEmpty()) {
            return "";
        }
        String value = number(cell.value());
        String strong = cell.best() ? "\\mathbf{" + value + "}" : value;
        String star = cell.significant() ? "^{*}" : "";
        String distance = cell.distance().isEmpty() ? "" : " \\pm " + number(cell.distance());
        return "$" + strong + star + distance + "$";
    }

    private static String number(String text) {
        return text.replaceFirst("e(-?\\d+)$", "{\\\\cdot}10^{$1}");
    }

    /** Text that LaTeX sets as it is. */
    static String escape(String text) {
        return text.codePoints().mapToObj(LatexTable::escape).collect(Collectors.joining());
    }

    private static String escape(int c) {
        return switch (c) {
            case '\\' -> "\\textbackslash{}";
            case '{', '}', '$', '&', '#', '_', '%' -> "\\" + Character.toString(c);
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '<' -> "\\textless{}";
            case '>' -> "\\textgreater{}";
            case '\u2264' -> "$\\leq$";
            case '\u2113' -> "$\\ell$";
            case '\u221e' -> "$\\infty$";
            case '\n', '\r' -> " ";
            default -> Character.toString(c);
        };
    }
}
