package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Labels in a table: one column with the class of each row, as a name or a number, or one column of 0 and 1 for each
 * label, named by the header if there is one.
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
     * @param task advanced by the bytes that are read
     * @throws InputException if the file is no such table
     */
    public static NamedLabels read(Path file, Progress.Task task) {
        try (CsvRows rows = CsvRows.open(file, task)) {
            List<String> first = rows.next();
            if (first == null) {
                throw new InputException(file + " has no labels: expected at least one row, found none");
            }
            return first.size() == 1 ? classes(file, first, rows) : indicators(file, first, rows);
        }
    }

    private static NamedLabels classes(Path file, List<String> first, CsvRows rows) {
        LabelWords words = new LabelWords(file.toString());
        if (!TITLES.contains(first.get(0).toLowerCase(Locale.ROOT))) {
            words.add(first);
        }
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            words.add(row);
        }
        return words.toLabels();
    }

    private static NamedLabels indicators(Path file, List<String> first, CsvRows rows) {
        int labels = first.size();
        if (labels > MOST_LABELS) {
            throw rows.wrong("at most " + MOST_LABELS + " labels", String.valueOf(labels));
        }
        boolean header = !first.stream().allMatch(CsvLabels::isIndicator) && CsvHeader.is(first, rows);
        int words = (labels + 63) / 64;
        long[] masks = new long[16 * words];
        int n = 0;
        for (List<String> row = header ? rows.next() : first; row != null; row = rows.next()) {
            if ((n + 1) * words > masks.length) {
                masks = Arrays.copyOf(masks, Math.multiplyExact(2, masks.length));
            }
            mark(row, masks, n * words, rows);
            n++;
        }
        if (n == 0) {
            throw new InputException(file + " has no labels: expected at least one row, found a header alone");
        }
        return new NamedLabels(
                LabelSets.owning(n, labels, Arrays.copyOf(masks, n * words)), header ? first : List.of());
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
