package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.KeptRows;
import io.github.linfhash.io.input.NumberText;
import java.nio.file.Path;
import java.util.List;

/** Features in a table of numbers, one row for each item, with or without a header. */
public final class CsvFeatures {
    /** How often {@link #read} reads the file. */
    public static final int PASSES = 2;

    private CsvFeatures() {}

    /**
     * Reads the features: once to count the rows, once for the values, so that nothing but the matrix is in memory.
     *
     * @param layout which columns are no features
     * @param kept the rows that are wanted
     * @param task advanced by the bytes that are read
     * @throws InputException if the file is no such table, or a value is no finite number
     */
    public static FeatureMatrix read(Path file, TableForm layout, KeptRows kept, Progress.Task task) {
        int n = count(file, layout, task);
        try (CsvRows rows = CsvRows.open(file, layout, task)) {
            List<String> first = rows.next();
            List<Integer> columns = List.of();
            List<String> row = first;
            if (first != null) {
                CsvColumns found = CsvColumns.of(first, layout, rows);
                columns = found.others();
                row = found.header(first, rows) ? rows.next() : first;
            }
            if (row == null || columns.isEmpty()) {
                throw new InputException(file + " has no features: expected rows of numbers, found none");
            }
            int d = columns.size();
            kept.begin(file.toString(), n, d);
            int i = 0;
            for (; row != null; row = rows.next()) {
                if (i == n) {
                    throw changed(rows, "more");
                }
                for (int j = 0; j < d; j++) {
                    kept.set(i, j, value(row, columns.get(j), rows));
                }
                i++;
            }
            if (i < n) {
                throw changed(rows, "fewer");
            }
            return kept.toMatrix();
        }
    }

    private static InputException changed(CsvRows rows, String found) {
        return rows.wrong("what was there before", found + " rows: the file is being changed");
    }

    private static int count(Path file, TableForm layout, Progress.Task task) {
        try (CsvRows rows = CsvRows.open(file, layout, task)) {
            List<String> first = rows.next();
            int n = first == null || CsvColumns.of(first, layout, rows).header(first, rows) ? 0 : 1;
            while (rows.next() != null) {
                n++;
            }
            return n;
        }
    }

    private static float value(List<String> row, int column, CsvRows rows) {
        float value = NumberText.finiteOrNaN(row.get(column));
        if (Float.isNaN(value)) {
            throw rows.wrong(
                    "a finite number in column " + column + " (counted from 0; --label-column and --id-column say"
                            + " which columns are no features, --delimiter what separates them)",
                    "'" + Excerpt.of(row.get(column)) + "'");
        }
        return value;
    }
}
