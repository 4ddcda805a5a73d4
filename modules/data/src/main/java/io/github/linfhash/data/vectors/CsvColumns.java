package io.github.linfhash.data.vectors;

import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a table are, by its first row.
 *
 * @param named whether a column was found by its name, so that the first row is a header
 * @param label the column of labels; -1 if there is none
 * @param others the columns that are neither labels nor ids, ascending
 */
record CsvColumns(boolean named, int label, List<Integer> others) {
    CsvColumns {
        others = List.copyOf(others);
    }

    /**
     * Finds the columns.
     *
     * @throws io.github.linfhash.core.errors.InputException if a column that is named is not there, or twice
     */
    static CsvColumns of(List<String> first, TableForm layout, CsvRows rows) {
        int label = find(first, layout.labelColumn(), "the labels", rows);
        int id = find(first, layout.idColumn(), "the ids", rows);
        List<Integer> others = IntStream.range(0, first.size())
                .filter(j -> j != label && j != id)
                .boxed()
                .toList();
        boolean named = isNamed(first, layout.labelColumn()) || isNamed(first, layout.idColumn());
        return new CsvColumns(named, label, others);
    }

    /**
     * Whether the first row names the columns.
     *
     * @throws io.github.linfhash.core.errors.InputException if it is a mixture of names and numbers
     */
    boolean header(List<String> first, CsvRows rows) {
        List<String> values = select(first);
        return named || (!values.isEmpty() && CsvHeader.is(values, rows));
    }

    /** Whether there is a column of that name or number. */
    static boolean has(List<String> first, @Nullable String column) {
        return isNamed(first, column)
                || (column != null && column.matches("\\d{1,6}") && Integer.parseInt(column) < first.size());
    }

    private static boolean isNamed(List<String> first, @Nullable String column) {
        return column != null && first.contains(column);
    }

    /**
     * The place of a column that is called by its name or number; -1 if none is called.
     *
     * @param what what is in it, for the message
     */
    static int find(List<String> first, @Nullable String column, String what, CsvRows rows) {
        if (column == null) {
            return -1;
        }
        int place = first.indexOf(column);
        if (place != first.lastIndexOf(column)) {
            throw rows.wrong("one column called '" + Excerpt.of(column) + "'", "several");
        }
        if (!has(first, column)) {
            throw rows.wrong(
                    "a column '" + Excerpt.of(column) + "' with " + what
                            + " (a name in the header, or a number from 0 to " + (first.size() - 1) + ")",
                    shown(first));
        }
        return place < 0 ? Integer.parseInt(column) : place;
    }

    private static String shown(List<String> first) {
        int most = 5;
        String names = String.join(
                ", ",
                first.stream()
                        .limit(most)
                        .map(name -> "'" + Excerpt.of(name) + "'")
                        .toList());
        return names + (first.size() > most ? " and " + (first.size() - most) + " more" : "");
    }

    /** The fields of a row that are neither label nor id. */
    List<String> select(List<String> row) {
        return others.stream().map(row::get).toList();
    }

    /** Whether the first row of a table of numbers names its columns. */
    private static final class CsvHeader {
        private CsvHeader() {}

        /**
         * Whether a row is a header: it holds no number at all, or 0, 1, 2, ... as pandas writes columns without names.
         *
         * @throws io.github.linfhash.core.errors.InputException if it is a mixture of names and numbers
         */
        static boolean is(List<String> row, CsvRows rows) {
            if (row.stream().anyMatch(String::isEmpty)) {
                throw rows.wrong("a number or a name in each column (an index column is no feature)", "an empty field");
            }
            long numbers = row.stream().filter(NumberText::isNumber).count();
            if (numbers == row.size()) {
                return row.size() > 2
                        && IntStream.range(0, row.size())
                                .allMatch(j -> row.get(j).equals(String.valueOf(j)));
            }
            if (numbers > 0) {
                String other = row.stream()
                        .filter(field -> !NumberText.isNumber(field))
                        .findFirst()
                        .orElse("");
                throw rows.wrong("numbers, or names of columns, in the first row", "both, '" + Excerpt.of(other) + "'");
            }
            return true;
        }
    }
}
