package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.results.tables.ComparisonCsv.SourceLine;
import io.github.linfhash.results.tables.ComparisonTable.ColumnGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison as files for other programs and for papers. */
public final class TableFiles {
    static final String LEGEND = "In percent; ours: mean and half width of the 95% interval over tuning runs and seeds."
            + " Bold: the best of our means at this code length; for recall and F1, only configurations whose precision is"
            + " above chance are considered. Star: the lead over the runner-up is significant (over tuning runs and seeds,"
            + " Holm's correction for the tests of the best against all others, level 0.05). Corrected: the value that follows from the rest of the published table, where"
            + " a published number cannot be right; a question mark if no value follows.";

    private static final String CSV = "table.csv";
    private static final String MARKDOWN = "table.md";
    private static final String LATEX = "table.tex";

    /** The names of the files. */
    public static final List<String> NAMES = List.of(CSV, MARKDOWN, LATEX);

    private TableFiles() {}

    /** The texts of the files by name: {@code table.csv}, {@code table.md} and {@code table.tex}. */
    public static Map<String, String> of(ComparisonTable comparison, String title) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(CSV, OutputFormat.CSV.render(ComparisonCsv.of(comparison)));
        files.put(MARKDOWN, MarkdownTable.of(comparison, title));
        files.put(LATEX, LatexTable.of(comparison, title));
        return files;
    }

    /** A comparison in LaTeX; needs the package booktabs. */
    private static final class LatexTable {
        private LatexTable() {}

        static String of(ComparisonTable comparison, String title) {
            StringBuilder text = new StringBuilder();
            groups(text, comparison.layout());
            List<String> headings = new ArrayList<>(List.of("Method", "$N$", "Source"));
            comparison.layout().columns().forEach(column -> headings.add(Latex.escape(column.head())));
            text.append(Latex.row(headings));
            String last = "";
            for (SourceLine line : SourceLine.allOf(comparison)) {
                boolean starts = !line.method().equals(last);
                text.append(starts ? "\\midrule\n" : "");
                List<String> cells = new ArrayList<>(List.of(
                        starts ? Latex.escape(line.method()) : "", Integer.toString(line.bits()), line.source()));
                line.cells().forEach(cell -> cells.add(cell(cell)));
                text.append(Latex.row(cells));
                last = line.method();
            }
            String columns = "lrl" + "r".repeat(comparison.layout().columns().size());
            return Latex.table(title + ". " + LEGEND, columns, text.toString());
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
            text.append(Latex.row(cells));
            text.append(rules).append('\n');
        }

        private static String cell(SourceLine.Cell cell) {
            return Latex.number(cell.value(), cell.distance(), cell.best(), cell.significant() ? "^{*}" : "");
        }
    }

    /** A comparison in Markdown. */
    private static final class MarkdownTable {
        private MarkdownTable() {}

        static String of(ComparisonTable comparison, String title) {
            List<String> headings = new ArrayList<>(List.of("Method", "N", "Source"));
            for (ColumnGroup group : comparison.layout().groups()) {
                for (Quantity column : group.columns()) {
                    headings.add(escape(column.head() + (group.title().isEmpty() ? "" : ", " + group.title())));
                }
            }
            StringBuilder text = new StringBuilder("# ").append(escape(title)).append("\n\n");
            row(text, headings);
            row(text, headings.stream().map(heading -> "---").toList());
            for (SourceLine line : SourceLine.allOf(comparison)) {
                List<String> cells =
                        new ArrayList<>(List.of(escape(line.method()), Integer.toString(line.bits()), line.source()));
                line.cells().forEach(cell -> cells.add(cell(cell)));
                row(text, cells);
            }
            text.append('\n').append(TableFiles.LEGEND).append('\n');
            comparison.rows().stream()
                    .flatMap(row ->
                            row.note().stream().map(note -> "\n" + escape(row.title()) + ": " + escape(note) + "\n"))
                    .distinct()
                    .forEach(text::append);
            return text.toString();
        }

        private static void row(StringBuilder text, List<String> cells) {
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }

        private static String cell(SourceLine.Cell cell) {
            String value = cell.best() ? "**" + cell.value() + "**" : cell.value();
            String star = cell.significant() ? "\\*" : "";
            return value + star + (cell.distance().isEmpty() ? "" : " \u00b1 " + cell.distance());
        }

        /** Text that Markdown shows as it is. */
        static String escape(String text) {
            return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|&~])", "\\\\$1");
        }
    }

    /** Texts and numbers as LaTeX sets them. */
    public static final class Latex {
        private Latex() {}

        static String number(String mean, String halfWidth, boolean bold, String mark) {
            if (mean.isEmpty()) {
                return "";
            }
            String value = power(mean);
            String strong = bold ? "\\mathbf{" + value + "}" : value;
            String distance = halfWidth.isEmpty() ? "" : " \\pm " + power(halfWidth);
            return "$" + strong + mark + distance + "$";
        }

        private static String power(String text) {
            return text.replaceFirst("e(-?\\d+)$", "{\\\\cdot}10^{$1}");
        }

        /** A table over the width of a page, of rows that {@link #row} makes and rules between them. */
        public static String table(String caption, String columns, String body) {
            return "% needs \\usepackage{booktabs} and \\usepackage{graphicx}\n\\begin{table*}\n\\centering\n\\caption{"
                    + escape(caption) + "}\n\\resizebox{\\textwidth}{!}{%\n\\begin{tabular}{" + columns
                    + "}\n\\toprule\n" + body + "\\bottomrule\n\\end{tabular}}\n\\end{table*}\n";
        }

        /** A row of cells that are LaTeX already. */
        public static String row(List<String> cells) {
            return String.join(" & ", cells) + " \\\\\n";
        }

        /** Text that LaTeX sets as it is. */
        public static String escape(String text) {
            return text.codePoints().mapToObj(Latex::escape).collect(Collectors.joining());
        }

        private static String escape(int c) {
            return switch (c) {
                case '\\' -> "\\textbackslash{}";
                case '{', '}', '$', '&', '#', '_', '%' -> "\\" + Character.toString(c);
                case '~' -> "\\textasciitilde{}";
                case '^' -> "\\textasciicircum{}";
                case '<' -> "\\textless{}";
                case '>' -> "\\textgreater{}";
                case '\u00d7' -> "$\\times$";
                case '\u2264' -> "$\\leq$";
                case '\u2113' -> "$\\ell$";
                case '\u221e' -> "$\\infty$";
                case '\n', '\r' -> " ";
                default -> Character.toString(c);
            };
        }
    }
}
