package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Reads relevance judgments ("qrels") in the format of TREC, {@code QUERY ITERATION DOCUMENT GRADE} separated by spaces or tabs, or of
 * BEIR (Thakur et al., NeurIPS 2021): the header {@value #HEADER}, then three columns separated by tabs.
 *
 * <p>Unknown queries and documents are left out and counted, since such files cover several splits, and vectors may be a part of a
 * corpus. If ids are row numbers, they are an error. TREC's iteration is ignored.
 */
public final class JudgmentFile {
    private static final String HEADER = "query-id\tcorpus-id\tscore";
    private static final int LARGEST_GRADE = 1_000_000;
    private static final int MOST = 1 << 22;

    private final VectorIds queries;
    private final VectorIds rows;
    private final List<Map<Integer, Integer>> grades = new ArrayList<>();
    private int judgments;
    private int kept;
    private int ofOtherQueries;
    private int ofOtherRows;

    private JudgmentFile(VectorIds queries, VectorIds rows) {
        this.queries = queries;
        this.rows = rows;
        for (int query = 0; query < queries.rows(); query++) {
            grades.add(new TreeMap<>());
        }
    }

    /**
     * Reads a file.
     *
     * @param queries the ids of the queries
     * @param rows the ids of the database vectors
     * @throws InputException if the file is missing, no UTF-8, of neither form, or has no judgments; if a grade is no whole number from
     *     -1,000,000 to 1,000,000; if a document has two grades for a query (the same one twice counts once); if there are more than
     *     4 Mi judgments of these queries and rows
     */
    public static Qrels read(Path file, VectorIds queries, VectorIds rows, Progress progress) {
        return VectorFormat.show(file, 1, progress, task -> {
            JudgmentFile found = new JudgmentFile(queries, rows);
            try (TextLines lines = TextLines.open(file, task)) {
                String first = lines.next();
                boolean table = HEADER.equals(first);
                for (String line = table ? lines.next() : first; line != null; line = lines.next()) {
                    found.add(table ? columns(line, lines) : words(line, lines), lines);
                }
            }
            if (found.judgments == 0) {
                throw new InputException(file + " has no judgments: expected at least one, found none");
            }
            return Qrels.of(rows.rows(), found.grades, found.ofOtherQueries, found.ofOtherRows);
        });
    }

    /** Query, document and grade of a line of BEIR. */
    private static List<String> columns(String line, TextLines lines) {
        List<String> columns = List.of(line.split("\t", -1));
        if (columns.size() != 3) {
            throw lines.wrong("a query, a document and a grade with tabs between", count(columns, "column"));
        }
        return columns;
    }

    /** Returns query, document and grade of a line of TREC. */
    private static List<String> words(String line, TextLines lines) {
        List<String> words = line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
        if (words.size() != 4) {
            throw lines.wrong(
                    "a query, an iteration, a document and a grade with blanks between"
                            + (lines.number() == 1 ? ", or the header query-id, corpus-id, score with tabs" : ""),
                    count(words, "word"));
        }
        return List.of(words.get(0), words.get(2), words.get(3));
    }

    private static String count(List<String> parts, String what) {
        return parts.size() + " " + what + (parts.size() == 1 ? "" : "s");
    }

    private void add(List<String> judgment, TextLines lines) {
        judgments++;
        VectorIds.requireId(judgment.get(0), lines);
        VectorIds.requireId(judgment.get(1), lines);
        int grade = grade(judgment.get(2), lines);
        OptionalInt query = queries.find(judgment.get(0), lines);
        OptionalInt row = rows.find(judgment.get(1), lines);
        if (query.isEmpty()) {
            ofOtherQueries++;
            return;
        }
        if (row.isEmpty()) {
            ofOtherRows++;
            return;
        }
        Integer before = grades.get(query.getAsInt()).putIfAbsent(row.getAsInt(), grade);
        if (before != null && before != grade) {
            throw lines.wrong(
                    "one grade of document '" + Excerpt.of(judgment.get(1)) + "' for query '"
                            + Excerpt.of(judgment.get(0)) + "'",
                    grade + " after " + before);
        }
        kept += before == null ? 1 : 0;
        if (kept > MOST) {
            throw lines.wrong("at most " + MOST + " judgments of these queries and rows", "more");
        }
    }

    private static int grade(String text, TextLines lines) {
        if (!NumberText.isWhole(text) || Math.abs(NumberText.whole(text)) > LARGEST_GRADE) {
            throw lines.wrong(
                    "a whole number from -" + LARGEST_GRADE + " to " + LARGEST_GRADE + " as the grade",
                    "'" + Excerpt.of(text) + "'");
        }
        return (int) NumberText.whole(text);
    }
}
