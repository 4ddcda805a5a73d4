package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.NamedLabels.LabelWords;
import io.github.linfhash.io.input.Excerpt;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labels in a table: one column with the class of each row, as a name or a number, or one column of 0 and 1 for each
 * label, named by the header if there is one; or a table of which one column is named as that of the classes.
 *
 * <p>The first field of a single column is its header if it is one of {@link #TITLES}; any other word would be a class.
 */
public final class CsvLabels {
    /** What a column of classes may be called, in lower case. */
    static final Set<String> TITLES = Set.of("label", "labels", "class", "classes", "category", "target", "y");

    private static final int MOST_LABELS = 1 << 16;

    private CsvLabels() {}

    /**
     * Reads labels.
     *
     * @param layout which column has the classes, if there are others too
     * @param task advanced by the bytes that are read
     * @throws InputException if the file is no such table
     */
    public static NamedLabels read(Path file, TableForm layout, Progress.Task task) {
        try (CsvRows rows = CsvRows.open(file, layout, task)) {
            List<String> first = rows.next();
            if (first == null) {
                throw new InputException(file + " has no labels: expected at least one row, found none");
            }
            // Features may have ids where labels have none.
            CsvColumns columns = CsvColumns.of(
                    first, CsvColumns.has(first, layout.idColumn()) ? layout : layout.withIdColumn(null), rows);
            if (columns.label() >= 0) {
                return classes(file, columns.header(first, rows) ? rows.next() : first, columns.label(), rows);
            }
            List<String> values = columns.select(first);
            if (values.isEmpty()) {
                throw new InputException(file + " has no labels: expected a column beside that of ids, found none");
            }
            if (values.size() == 1) {
                boolean header = columns.named() || isTitle(values.get(0));
                return classes(
                        file, header ? rows.next() : first, columns.others().get(0), rows);
            }
            boolean header = !values.stream().allMatch(CsvLabels::isIndicator) && columns.header(first, rows);
            return indicators(file, header ? values : List.of(), header ? rows.next() : first, columns, rows);
        }
    }

    /**
     * The column of a table that its header calls as a column of classes is called, or null if there is no such column, or
     * no other one.
     *
     * @throws InputException if the file is no such table, or several columns are called so
     */
    static @Nullable String titled(Path file, TableForm layout) {
        try (CsvRows rows = CsvRows.open(file, layout, Progress.Task.SILENT)) {
            List<String> first = rows.next();
            if (first == null || first.size() < 2) {
                return null;
            }
            List<String> titles = first.stream().filter(CsvLabels::isTitle).toList();
            if (titles.size() > 1) {
                throw rows.wrong("one column of labels", "'" + titles.get(0) + "' and '" + titles.get(1) + "'");
            }
            return titles.isEmpty() ? null : titles.get(0);
        }
    }

    private static boolean isTitle(String field) {
        return TITLES.contains(field.toLowerCase(Locale.ROOT));
    }

    private static NamedLabels classes(Path file, @Nullable List<String> first, int column, CsvRows rows) {
        LabelWords words = new LabelWords(file.toString());
        for (List<String> row = first; row != null; row = rows.next()) {
            words.add(List.of(requireClass(row, column, rows)));
        }
        return words.toLabels();
    }

    /** The class of a row. */
    static String requireClass(List<String> row, int column, CsvRows rows) {
        String word = row.get(column);
        if (word.isEmpty()) {
            throw rows.wrong("a class in column " + column + " (counted from 0)", "an empty field");
        }
        return word;
    }

    private static NamedLabels indicators(
            Path file, List<String> names, @Nullable List<String> first, CsvColumns columns, CsvRows rows) {
        int labels = columns.others().size();
        if (labels > MOST_LABELS) {
            throw rows.wrong("at most " + MOST_LABELS + " labels", String.valueOf(labels));
        }
        int words = (labels + 63) / 64;
        long[] masks = new long[16 * words];
        int n = 0;
        for (List<String> row = first; row != null; row = rows.next()) {
            if ((n + 1) * words > masks.length) {
                masks = Arrays.copyOf(masks, Math.multiplyExact(2, masks.length));
            }
            mark(columns.select(row), masks, n * words, rows);
            n++;
        }
        if (n == 0) {
            throw new InputException(file + " has no labels: expected at least one row, found a header alone");
        }
        return new NamedLabels(LabelSets.owning(n, labels, Arrays.copyOf(masks, n * words)), names);
    }

    private static boolean isIndicator(String field) {
        return field.equals("0") || field.equals("1");
    }

    private static void mark(List<String> row, long[] masks, int offset, CsvRows rows) {
        for (int label = 0; label < row.size(); label++) {
            String field = row.get(label);
            if (!isIndicator(field)) {
                throw rows.wrong(
                        "0 or 1 in column " + label + " (counted from 0), one column for each label",
                        "'" + Excerpt.of(field) + "'");
            }
            if (field.equals("1")) {
                masks[offset + (label >> 6)] |= 1L << label;
            }
        }
    }
}
