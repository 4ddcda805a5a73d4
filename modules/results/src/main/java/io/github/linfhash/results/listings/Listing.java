package io.github.linfhash.results.listings;

import io.github.linfhash.core.errors.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small table of texts and whole numbers, row by row. */
public final class Listing {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table of these columns, without rows. */
    public Listing(String... columns) {
        this(List.of(columns));
    }

    /** The same. */
    public Listing(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Adds a row.
     *
     * @param cells texts, or numbers that are printed as Java does: decimals are to be rounded by whoever adds them
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public void add(Object... cells) {
        add(Stream.of(cells).map(Object::toString).toList());
    }

    /** The same. */
    public void add(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    /** The names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** The rows, in the order of adding. */
    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** Each row as an object of its cells by column. */
    public List<Map<String, String>> objects() {
        List<Map<String, String>> objects = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int c = 0; c < row.size(); c++) {
                object.put(columns.get(c), row.get(c));
            }
            objects.add(object);
        }
        return objects;
    }

    /** Aligned columns; each row in one line, whatever a cell holds. */
    public String text() {
        List<List<String>> lines = Stream.concat(Stream.of(columns), rows.stream())
                .map(row -> row.stream().map(PlainText::line).toList())
                .toList();
        int[] widths = new int[columns.size()];
        for (List<String> row : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : lines) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
