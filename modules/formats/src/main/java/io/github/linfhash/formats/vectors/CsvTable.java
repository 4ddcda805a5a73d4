package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.columnar.Column;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.formats.vectors.VectorFormat.Holds;
import io.github.linfhash.formats.vectors.VectorFormat.Source;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of separated values, with or without a header. Cells are words or numbers. If the first cell of a column of features is a vector in
 * brackets, as pgvector writes it ({@code [0.5,-1,2]}), the column contains lists.
 */
final class CsvTable implements ColumnTable {
    /** How often a table of features is read. */
    static final int PASSES = 2;

    private static final long NOT_COUNTED = -1;

    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private final CsvRows rows;
    private final Holds wanted;
    private final long count;
    private final boolean header;
    private final @Nullable List<String> first;
    private final List<Column> columns;

    private CsvTable(CsvRows rows, Source source, long count) {
        this.rows = rows;
        this.wanted = source.wanted();
        this.count = count;
        List<String> top = rows.next();
        this.header = top != null && isHeader(top, source, rows);
        this.first = header ? rows.next() : top;
        this.columns = top == null
                ? List.of()
                : IntStream.range(0, top.size())
                        .mapToObj(j -> new Column(
                                j,
                                header ? top.get(j) : String.valueOf(j),
                                Column.Elements.WORD,
                                wanted == Holds.FEATURES && first != null && isVector(first.get(j)),
                                ""))
                        .toList();
    }

    /**
     * Opens a table. If features are wanted, its rows are counted first, so that later only their matrix is in memory.
     *
     * @throws InputException if it is missing, or the first row is a mixture of names and numbers
     */
    static CsvTable open(Source source) {
        return open(source, source.wanted() == Holds.FEATURES ? count(source) : NOT_COUNTED);
    }

    private static long count(Source source) {
        try (CsvTable table = open(source, NOT_COUNTED)) {
            long count = 0;
            for (List<String> row = table.first; row != null; row = table.rows.next()) {
                count++;
            }
            return count;
        }
    }

    private static CsvTable open(Source source, long count) {
        CsvRows rows = CsvRows.open(source.file(), source.form(), source.task());
        try {
            return new CsvTable(rows, source, count);
        } catch (InputException e) {
            rows.close();
            throw e;
        }
    }

    /**
     * Finds out whether a file of features has a header.
     *
     * @return null if it is empty
     * @throws InputException if the first row is ambiguous and no header is stated
     */
    static @Nullable Boolean findHeader(Source source) {
        try (CsvTable table = open(source, NOT_COUNTED)) {
            return table.columns.isEmpty() ? null : table.header;
        }
    }

    /** Returns whether the first row is a header: as stated, else as in the vectors with which the file must agree, else by its content. */
    private static boolean isHeader(List<String> top, Source source, CsvRows rows) {
        TableForm form = source.form();
        if (form.header() != null) {
            return requireNoIndex(form.header(), top, source, rows);
        }
        Boolean seen = looksLikeHeader(top, source, rows);
        TableForm.Found others = source.wanted() == Holds.FEATURES ? form.found() : null;
        if (others != null && others.header() != null) {
            boolean other = others.header();
            boolean same = seen == null ? !other : seen == other;
            if (!same) {
                throw rows.wrong(
                        (other ? "names of columns as in " : "numbers, as there are no names of columns in ")
                                + others.file(),
                        "'" + Excerpt.of(top.get(0))
                                + "'; write either both files with a header or none, or set --header");
            }
            seen = other;
        }
        if (seen == null) {
            throw rows.wrong(
                    "values or names of columns",
                    "'" + Excerpt.of(String.join(",", top))
                            + "', which may be either; set --header yes if these are names, or --header no");
        }
        return requireNoIndex(seen, top, source, rows);
    }

    /** Pandas writes row numbers into a first column without a name. */
    private static boolean requireNoIndex(boolean header, List<String> top, Source source, CsvRows rows) {
        boolean features = source.wanted() == Holds.FEATURES && source.column() == null;
        if (header && features && top.get(0).isEmpty() && others(top, source).anyMatch(j -> j == 0)) {
            throw rows.wrong(
                    "a name in the first column (an index column is no feature)",
                    "an empty field; set --id-column '' to ignore the column");
        }
        return header;
    }

    /** The columns besides those of labels and ids. */
    private static IntStream others(List<String> top, Source source) {
        List<String> places = Stream.of(
                        source.form().labelColumn(), source.form().idColumn())
                .flatMap(Stream::ofNullable)
                .map(name -> top.contains(name) ? String.valueOf(top.indexOf(name)) : name)
                .toList();
        return IntStream.range(0, top.size()).filter(j -> !places.contains(String.valueOf(j)));
    }

    /**
     * Whether a row looks like names of columns: it contains the name of a column of features, labels or ids that the user gave, or its
     * other fields are not values of the wanted kind. A single word may be a class, unless columns of classes usually have that name.
     *
     * @return null if it may be either: it is 0, 1, 2, ..., which pandas writes for columns without names, or contains a number that the
     *     user gave for a column
     */
    private static @Nullable Boolean looksLikeHeader(List<String> top, Source source, CsvRows rows) {
        Holds wanted = source.wanted();
        List<String> others = others(top, source).mapToObj(top::get).toList();
        boolean classes = wanted == Holds.LABELS && source.form().labelColumn() == null && source.column() == null;
        boolean values = wanted == Holds.FEATURES
                ? others.stream().anyMatch(CsvTable::isVector)
                : classes && others.size() > 1 && others.stream().allMatch(List.of("0", "1")::contains);
        if (values) {
            return false;
        }
        List<String> named = Stream.of(
                        source.column(),
                        source.form().labelColumn(),
                        source.form().idColumn())
                .flatMap(Stream::ofNullable)
                .filter(top::contains)
                .toList();
        if (wanted == Holds.TEXTS || !named.stream().allMatch(NumberText::isNumber)) {
            return true;
        }
        if (!named.isEmpty()) {
            return null;
        }
        if (others.size() < 2 && (classes || others.isEmpty())) {
            return others.stream().anyMatch(TableColumnChoice::isTitle);
        }
        return areNames(others, classes, rows);
    }

    /** @param classes whether the values would be 0 and 1 */
    private static @Nullable Boolean areNames(List<String> fields, boolean classes, CsvRows rows) {
        if (fields.stream().anyMatch(String::isEmpty)) {
            throw rows.wrong(
                    "a number or a name in each column (an index column is no feature)",
                    "an empty field; set --id-column '' to ignore a column without a name");
        }
        List<String> names = fields.stream().filter(field -> !isValue(field)).toList();
        if (names.isEmpty()) {
            boolean numbered = IntStream.range(0, fields.size())
                    .allMatch(j -> fields.get(j).equals(String.valueOf(j)));
            return !numbered ? Boolean.FALSE : classes ? Boolean.TRUE : null;
        }
        if (names.size() < fields.size()) {
            throw rows.wrong(
                    "numbers, or names of columns, in the first row", "both, '" + Excerpt.of(names.get(0)) + "'");
        }
        return true;
    }

    private static boolean isValue(String field) {
        return NumberText.isNumber(field) || NOT_FINITE.matcher(field).matches();
    }

    private static boolean isVector(String field) {
        return field.startsWith("[") && field.endsWith("]");
    }

    @Override
    public String name() {
        return rows.name();
    }

    /** The number of rows below the header; only tables of features are counted. */
    @Override
    public long rows() {
        return count;
    }

    @Override
    public boolean isEmpty() {
        return first == null;
    }

    @Override
    public boolean hasNames() {
        return header;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void read(List<Column> wantedColumns, Cells cells) {
        int number = 0;
        for (List<String> row = first; row != null; row = rows.next()) {
            if (number == count) {
                throw changed("more");
            }
            for (int i = 0; i < wantedColumns.size() && cells.wants(number); i++) {
                give(row, number, i, wantedColumns.get(i), cells);
            }
            number++;
        }
        if (number < count) {
            throw changed("fewer");
        }
    }

    private void give(List<String> row, int number, int at, Column column, Cells cells) {
        String field = row.get(column.index());
        if (column.list() && !isVector(field)) {
            throw wrong(column, number, "vector", "numbers in brackets as in row 0", "'" + Excerpt.of(field) + "'");
        }
        String[] values = column.list() ? field.substring(1, field.length() - 1).split(",", -1) : new String[] {field};
        for (int place = 0; place < values.length; place++) {
            cells.text(at, number, place, values[place].strip());
        }
        cells.end(at, number, values.length);
    }

    private InputException changed(String found) {
        return rows.wrong("what was there before", found + " rows: the file is being changed");
    }

    /** An input error about the row that was read last. */
    @Override
    public InputException wrong(Column column, long row, String what, String expected, String found) {
        String hints = Stream.of(
                        header ? "" : "counted from 0",
                        wanted == Holds.FEATURES
                                ? "--label-column and --id-column say which columns are no features, --delimiter what"
                                        + " separates them"
                                : "")
                .filter(hint -> !hint.isEmpty())
                .collect(Collectors.joining("; "));
        String place = header ? "'" + Excerpt.of(column.name()) + "'" : String.valueOf(column.index());
        return rows.wrong(expected + " in column " + place + (hints.isEmpty() ? "" : " (" + hints + ")"), found);
    }

    @Override
    public void close() {
        rows.close();
    }
}
