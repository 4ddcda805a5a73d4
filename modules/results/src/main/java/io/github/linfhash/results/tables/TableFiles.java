package io.github.linfhash.results.tables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as files for other programs and for papers. */
public final class TableFiles {
    static final String LEGEND = "In percent; ours: mean and half width of the 95 % interval over searches and seeds."
            + " Bold: best of our means at this length, in recall and F1 of those whose precision there is above chance; star: its lead over the runner-up is significant (over"
            + " searches and seeds, Holm's correction, level 0.05). Corrected: what follows from the rest of the printed table where the"
            + " printed number cannot be right; a question mark where nothing follows.";

    /** The names of the files. */
    public static final List<String> NAMES = List.of("table.csv", "table.md", "table.tex");

    private TableFiles() {}

    /** The texts of the files by name: {@code table.csv}, {@code table.md} and {@code table.tex}. */
    public static Map<String, String> of(ComparisonTable comparison, String title) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(NAMES.get(0), CsvText.of(ReadingTable.of(comparison)));
        files.put(NAMES.get(1), MarkdownTable.of(comparison, title));
        files.put(NAMES.get(2), LatexTable.of(comparison, title));
        return files;
    }
}
