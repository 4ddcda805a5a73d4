package io.github.linfhash.data.vectors;

import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import java.util.List;
import java.util.stream.IntStream;

/** Whether the first row of a table of numbers names its columns. */
final class CsvHeader {
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
                    && IntStream.range(0, row.size()).allMatch(j -> row.get(j).equals(String.valueOf(j)));
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
