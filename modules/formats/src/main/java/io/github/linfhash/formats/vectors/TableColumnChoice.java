package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.formats.columnar.Column;
import io.github.linfhash.formats.columnar.Column.Elements;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.io.input.Excerpt;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are features, and which are labels, where the user names none. Columns are called by their names, or by their
 * numbers from 0 where no column has that name.
 *
 * @param file names the table for messages
 * @param columns all columns
 */
record TableColumnChoice(String file, List<Column> columns) {
    private static final Set<String> VECTORS = Set.of("features", "x", "vector", "vectors", "embedding", "embeddings");
    private static final Set<String> LABELS = Set.of("label", "labels", "class", "classes", "category", "target", "y");

    static TableColumnChoice of(ColumnTable table) {
        return new TableColumnChoice(table.name(), table.columns());
    }

    /**
     * The columns of features: the one that is named; else the one of lists of numbers; else all columns of numbers but
     * those that the layout names.
     *
     * @throws InputException if there are none, or several columns of lists
     */
    List<Column> features(@Nullable String wanted, TableForm layout) {
        if (wanted != null) {
            Column column = named(wanted);
            if (!column.isNumeric()) {
                throw wrong("numbers, or lists of numbers, in the column '" + Excerpt.of(wanted) + "'", column.shown());
            }
            return List.of(column);
        }
        List<Column> special = Stream.of(layout.labelColumn(), layout.idColumn())
                .flatMap(Stream::ofNullable)
                .map(this::named)
                .toList();
        List<Column> others =
                columns.stream().filter(column -> !special.contains(column)).toList();
        List<Column> lists = others.stream()
                .filter(column -> column.list() && column.isNumeric())
                .toList();
        if (lists.size() > 1) {
            lists = lists.stream()
                    .filter(column -> VECTORS.contains(column.name().toLowerCase(Locale.ROOT)))
                    .toList();
            if (lists.size() != 1) {
                throw wrong("one column of lists of numbers (" + file + ":COLUMN names one)", shown(others));
            }
        }
        return lists.isEmpty() ? scalars(others) : lists;
    }

    private List<Column> scalars(List<Column> others) {
        for (Column column : others) {
            if (!column.isNumeric()) {
                throw wrong(
                        "numbers in all columns but those of labels and ids, or a column of lists of numbers",
                        column.shown() + " in the column '" + Excerpt.of(column.name()) + "'");
            }
        }
        if (others.isEmpty()) {
            throw wrong("columns of numbers", shown(columns));
        }
        return others;
    }

    /**
     * The column of labels: the one that is named, or called as a column of labels is; else the only one. Of a table of words, of which
     * none is named, all are columns of a label each.
     *
     * @throws InputException if there is none, or there are several
     */
    List<Column> labels(@Nullable String wanted, TableForm layout) {
        boolean words = columns.stream().allMatch(column -> column.elements() == Elements.WORD);
        String name = wanted != null ? wanted : layout.labelColumn();
        if (name == null && !words) {
            name = titled();
        }
        // Features may have ids where labels have none.
        String id = layout.idColumn();
        List<Column> ids = id == null || called(id).isEmpty() ? List.of() : List.of(named(id));
        List<Column> others =
                columns.stream().filter(column -> !ids.contains(column)).toList();
        if (name == null && (others.isEmpty() || (others.size() > 1 && !words))) {
            throw wrong(
                    "a column called label, class or target, or one column alone beside that of ids (" + file
                            + ":COLUMN names another)",
                    shown(others));
        }
        return name == null ? others : List.of(word(name));
    }

    /**
     * A column of whole numbers or texts.
     *
     * @throws InputException if there is none of that name, or it is one of something else
     */
    Column word(String name) {
        Column column = named(name);
        if (!column.isWord()) {
            throw wrong("whole numbers or texts in the column '" + Excerpt.of(column.name()) + "'", column.shown());
        }
        return column;
    }

    /** The name of the one column that is called as a column of labels is, or null if there is none. */
    @Nullable String titled() {
        List<Column> titled =
                columns.stream().filter(column -> isTitle(column.name())).toList();
        if (titled.size() > 1) {
            throw wrong("one column of labels", shown(titled));
        }
        return titled.isEmpty() ? null : titled.get(0).name();
    }

    /** Whether a column of that name is one of labels. */
    static boolean isTitle(String name) {
        return LABELS.contains(name.toLowerCase(Locale.ROOT));
    }

    private Column named(String name) {
        List<Column> found = called(name);
        if (found.size() != 1) {
            throw wrong(
                    found.isEmpty()
                            ? "a column '" + Excerpt.of(name) + "' (a name, or a number from 0 to "
                                    + (columns.size() - 1) + ")"
                            : "one column called '" + Excerpt.of(name) + "'",
                    found.isEmpty() ? shown(columns) : "several");
        }
        return found.get(0);
    }

    private List<Column> called(String name) {
        List<Column> found =
                columns.stream().filter(column -> column.name().equals(name)).toList();
        boolean number = found.isEmpty() && name.matches("\\d{1,6}") && Integer.parseInt(name) < columns.size();
        return number ? Collections.singletonList(columns.get(Integer.parseInt(name))) : found;
    }

    private static String shown(List<Column> columns) {
        int most = 5;
        String names = columns.stream()
                .limit(most)
                .map(column -> "'" + Excerpt.of(column.name()) + "'"
                        + (column.shown().isEmpty() ? "" : " (" + column.shown() + ")"))
                .collect(Collectors.joining(", "));
        return columns.isEmpty()
                ? "none"
                : names + (columns.size() > most ? " and " + (columns.size() - most) + " more" : "");
    }

    private InputException wrong(String expected, String found) {
        return new InputException(file + " has other columns: expected " + expected + ", found " + found);
    }
}
