package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.KeptRows;
import io.github.linfhash.io.input.NumberText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features in a table, one row for each item, with or without a header: a column of numbers for each feature, or one column of vectors in
 * brackets, as pgvector writes them ({@code [0.5,-1,2]}), beside which other columns are no features.
 */
public final class CsvFeatures {
    /** How often {@link #read} reads the file. */
    public static final int PASSES = 2;

    private CsvFeatures() {}

    /**
     * Reads the features: once to count the rows, once for the values, so that nothing but the matrix is in memory.
     *
     * @param layout which columns are no features
     * @param kept the rows that are wanted; the numbers of others are not looked at
     * @param task advanced by the bytes that are read
     * @throws InputException if the file is no such table, or a value is no finite number
     */
    public static FeatureMatrix read(Path file, TableForm layout, KeptRows kept, Progress.Task task) {
        int n = count(file, layout, task);
        try (CsvRows rows = CsvRows.open(file, layout, task)) {
            Start start = Start.of(rows, layout);
            List<String> row = start.first;
            if (row == null || start.columns.isEmpty()) {
                throw new InputException(file + " has no features: expected rows of numbers, found none");
            }
            int d = start.vectors ? numbers(row.get(start.columns.get(0))).size() : start.columns.size();
            kept.begin(file.toString(), n, d);
            int i = 0;
            for (; row != null; row = rows.next()) {
                if (i == n) {
                    throw changed(rows, "more");
                }
                if (!kept.passesOver(i)) {
                    List<String> values = start.values(row, d, rows);
                    for (int j = 0; j < d; j++) {
                        kept.set(
                                i,
                                j,
                                value(
                                        values.get(j),
                                        start.vectors ? start.columns.get(0) : start.columns.get(j),
                                        rows));
                    }
                }
                i++;
            }
            if (i < n) {
                throw changed(rows, "fewer");
            }
            return kept.toMatrix();
        }
    }

    /**
     * The first row of values, and where the features are in each.
     *
     * @param vectors whether there is one column of vectors in brackets
     */
    private record Start(@Nullable List<String> first, List<Integer> columns, boolean vectors) {
        static Start of(CsvRows rows, TableForm layout) {
            List<String> first = rows.next();
            if (first == null) {
                return new Start(null, List.of(), false);
            }
            CsvColumns found = CsvColumns.of(first, layout, rows);
            if (vectors(first, found).isEmpty() && found.header(first, rows)) {
                first = rows.next();
            }
            List<Integer> vectors = first == null ? List.of() : vectors(first, found);
            if (vectors.size() > 1) {
                throw rows.wrong("one column of vectors in brackets", vectors.size() + "");
            }
            return new Start(first, vectors.isEmpty() ? found.others() : vectors, !vectors.isEmpty());
        }

        private static List<Integer> vectors(List<String> row, CsvColumns columns) {
            return columns.others().stream().filter(j -> isVector(row.get(j))).toList();
        }

        private static boolean isVector(String field) {
            return field.startsWith("[") && field.endsWith("]");
        }

        /** The features of a row as they are written. */
        List<String> values(List<String> row, int dimension, CsvRows rows) {
            if (!vectors) {
                return columns.stream().map(row::get).toList();
            }
            String field = row.get(columns.get(0));
            List<String> values = isVector(field) ? numbers(field) : List.of();
            if (values.size() != dimension) {
                throw rows.wrong(
                        "a vector of " + dimension + " numbers in brackets as in the first row",
                        isVector(field) ? String.valueOf(values.size()) : "'" + Excerpt.of(field) + "'");
            }
            return values;
        }
    }

    private static List<String> numbers(String vector) {
        return Arrays.stream(vector.substring(1, vector.length() - 1).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static InputException changed(CsvRows rows, String found) {
        return rows.wrong("what was there before", found + " rows: the file is being changed");
    }

    private static int count(Path file, TableForm layout, Progress.Task task) {
        try (CsvRows rows = CsvRows.open(file, layout, task)) {
            int n = Start.of(rows, layout).first == null ? 0 : 1;
            while (rows.next() != null) {
                n++;
            }
            return n;
        }
    }

    private static float value(String text, int column, CsvRows rows) {
        float value = NumberText.finiteOrNaN(text);
        if (Float.isNaN(value)) {
            throw rows.wrong(
                    "a finite number in column " + column + " (counted from 0; --label-column and --id-column say"
                            + " which columns are no features, --delimiter what separates them)",
                    "'" + Excerpt.of(text) + "'");
        }
        return value;
    }
}
