package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import io.github.linfhash.io.input.Room;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Features in a table of numbers, one row for each item, with or without a header. */
public final class CsvFeatures {
    /** How often {@link #read} reads the file. */
    public static final int PASSES = 2;

    private CsvFeatures() {}

    /**
     * Reads the features: once to count the rows, once for the values, so that nothing but the matrix is in memory.
     *
     * @param task advanced by the bytes that are read
     * @throws InputException if the file is no such table, or a value is no finite number
     */
    public static FeatureMatrix read(Path file, Progress.Task task) {
        int n = count(file, task);
        try (CsvRows rows = CsvRows.open(file, task)) {
            List<String> row = afterHeader(rows);
            if (row == null) {
                throw new InputException(file + " has no features: expected rows of numbers, found none");
            }
            int d = row.size();
            float[] values = new float[Room.require(file.toString(), n, d)];
            int i = 0;
            for (; row != null; row = rows.next()) {
                if (i == n) {
                    throw changed(rows, "more");
                }
                for (int j = 0; j < d; j++) {
                    values[i * d + j] = value(row, j, rows);
                }
                i++;
            }
            if (i < n) {
                throw changed(rows, "fewer");
            }
            return FeatureMatrix.owning(n, d, values);
        }
    }

    private static InputException changed(CsvRows rows, String found) {
        return rows.wrong("what was there before", found + " rows: the file is being changed");
    }

    private static int count(Path file, Progress.Task task) {
        try (CsvRows rows = CsvRows.open(file, task)) {
            int n = 0;
            for (List<String> row = afterHeader(rows); row != null; row = rows.next()) {
                n++;
            }
            return n;
        }
    }

    private static @Nullable List<String> afterHeader(CsvRows rows) {
        List<String> first = rows.next();
        return first != null && CsvHeader.is(first, rows) ? rows.next() : first;
    }

    private static float value(List<String> row, int column, CsvRows rows) {
        float value = NumberText.finiteOrNaN(row.get(column));
        if (Float.isNaN(value)) {
            throw rows.wrong(
                    "a finite number in column " + column + " (counted from 0)",
                    "'" + Excerpt.of(row.get(column)) + "'");
        }
        return value;
    }
}
