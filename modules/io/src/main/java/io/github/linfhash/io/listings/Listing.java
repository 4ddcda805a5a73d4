package io.github.linfhash.io.listings;

import io.github.linfhash.core.errors.PlainText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table behind everything that is shown in rows: columns that are declared once, and cells of texts, numbers, or whatever the
 * renderer of a format knows. Rows are added one by one, or {@linkplain #of made of objects}.
 */
public class Listing {
    /**
     * A column.
     *
     * @param name its heading
     * @param note what belongs to the heading in smaller type, such as a unit or a group; may be empty
     * @param style {@link #HEAD}, {@link #NUMBER}, {@link #DATA}, or else words, the first of which is {@link #WORDS}: what pages
     *     call the looks of its cells
     */
    public record Column(String name, String note, String style) {
        /** Names the row that it is in. */
        public static final String HEAD = "head";
        /** Text of some length. */
        public static final String WORDS = "words";
        /** A number, or something as short. */
        public static final String NUMBER = "";
        /** Nothing that is shown: what a script of a page knows of a row. */
        public static final String DATA = "data";
    }

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]{1,6})?");

    private final List<Column> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /** A table of columns of words, without rows. */
    public Listing(String... columns) {
        this(List.of(columns));
    }

    /** A table of columns of words in a list, without rows. */
    public Listing(List<String> columns) {
        columns.forEach(name -> this.columns.add(new Column(name, "", Column.WORDS)));
    }

    /** A table with a row for each of some objects, whose columns are to be declared. */
    public static <R> OfRows<R> of(List<? extends R> rows) {
        return new OfRows<>(rows);
    }

    /**
     * A table of objects.
     *
     * @param <R> what a row is made of
     */
    public static final class OfRows<R> extends Listing {
        private final List<R> source;

        private OfRows(List<? extends R> source) {
            super(List.of());
            this.source = List.copyOf(source);
            source.forEach(row -> super.rows.add(new ArrayList<>()));
        }

        /** Adds a column that names the rows. */
        public OfRows<R> head(String name, Function<? super R, ? extends @Nullable Object> cell) {
            return column(name, "", Column.HEAD, cell);
        }

        /** Adds a column of words. */
        public OfRows<R> words(String name, Function<? super R, ? extends @Nullable Object> cell) {
            return column(name, "", Column.WORDS, cell);
        }

        /** Adds a column of numbers. */
        public OfRows<R> number(String name, Function<? super R, ? extends @Nullable Object> cell) {
            return column(name, "", Column.NUMBER, cell);
        }

        /** Adds a column, as {@link Column} describes it; a cell may be null where there is nothing. */
        public OfRows<R> column(
                String name, String note, String style, Function<? super R, ? extends @Nullable Object> cell) {
            super.columns.add(new Column(name, note, style));
            for (int r = 0; r < source.size(); r++) {
                super.rows.get(r).add(cell.apply(source.get(r)));
            }
            return this;
        }
    }

    /**
     * Adds a row.
     *
     * @param cells texts, or numbers that are printed as Java does: decimals are to be rounded by whoever adds them
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public final void add(@Nullable Object... cells) {
        add(Arrays.asList(cells));
    }

    /** Adds a row whose cells are in a list. */
    public final void add(List<? extends @Nullable Object> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(new ArrayList<>(cells));
    }

    /** The columns. */
    public final List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    /** The names of the columns. */
    public final List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The cells, row by row. */
    public final List<List<@Nullable Object>> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Each row as an object of its cells by column, with the fractions of percentages. */
    public final List<Map<String, @Nullable Object>> objects() {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int c = 0; c < row.size(); c++) {
                object.put(columns.get(c).name(), row.get(c) instanceof Percent percent ? percent.value() : row.get(c));
            }
            objects.add(object);
        }
        return objects;
    }

    /**
     * A cell of a number that is printed as given, and that JSON has as a number.
     *
     * @param text a decimal number; anything else, such as {@code <0.001}, stays a text, and an empty text is null
     */
    public static @Nullable Object number(String text) {
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text.isEmpty() ? null : text;
    }

    private List<List<String>> texts() {
        return rows.stream()
                .map(row -> row.stream().map(cell -> Objects.toString(cell, "")).toList())
                .toList();
    }

    /** Aligned columns, numbers at their right; each row in one line, whatever a cell holds. */
    public final String text() {
        List<List<String>> lines = Stream.concat(Stream.of(names()), texts().stream())
                .map(row -> row.stream().map(PlainText::line).toList())
                .toList();
        int[] widths = IntStream.range(0, columns.size())
                .map(c -> lines.stream()
                        .mapToInt(line -> line.get(c).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : lines) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String padding = " ".repeat(widths[c] - row.get(c).length());
                boolean right = columns.get(c).style().equals(Column.NUMBER);
                line.append(right ? padding + row.get(c) : row.get(c) + padding).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
