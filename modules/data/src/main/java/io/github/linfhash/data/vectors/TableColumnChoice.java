package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.columnar.Column;
import io.github.linfhash.data.columnar.ColumnTable;
import io.github.linfhash.io.input.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are features, and which are labels, where the user names none.
 *
 * @param file names the table for messages
 * @param columns all columns
 */
record TableColumnChoice(String file, List<Column> columns) {
    private static final Set<String> VECTORS = Set.of("features", "x", "vector", "vectors", "embedding", "embeddings");

    static TableColumnChoice of(TablePath path, ColumnTable table) {
        return new TableColumnChoice(path.file().toString(), table.columns());
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
        requireThere(layout.labelColumn());
        requireThere(layout.idColumn());
        List<Column> others = columns.stream()
                .filter(column -> !column.name().equals(layout.labelColumn())
                        && !column.name().equals(layout.idColumn()))
                .toList();
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
     * The column of labels: the one that is named, or called as a column of labels is; else the only one.
     *
     * @throws InputException if there is none, or there are several
     */
    Column labels(@Nullable String wanted, TableForm layout) {
        String name = wanted != null ? wanted : layout.labelColumn() != null ? layout.labelColumn() : titled();
        List<Column> others = columns.stream()
                .filter(column -> !column.name().equals(layout.idColumn()))
                .toList();
        if (name == null && others.size() != 1) {
            throw wrong(
                    "a column called " + "label, class or target, or one column alone (" + file
                            + ":COLUMN names another)",
                    shown(others));
        }
        Column column = name == null ? others.get(0) : named(name);
        if (column.elements() != Column.Elements.WHOLE && column.elements() != Column.Elements.TEXT) {
            throw wrong("whole numbers or texts in the column '" + Excerpt.of(column.name()) + "'", column.shown());
        }
        return column;
    }

    /** The name of the one column that is called as a column of labels is, or null if there is none. */
    @Nullable String titled() {
        List<Column> titled = columns.stream()
                .filter(column -> CsvLabels.TITLES.contains(column.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (titled.size() > 1) {
            throw wrong("one column of labels", shown(titled));
        }
        return titled.isEmpty() ? null : titled.get(0).name();
    }

    private void requireThere(@Nullable String name) {
        if (name != null) {
            named(name);
        }
    }

    private Column named(String name) {
        List<Column> found = having(column -> column.name().equals(name));
        if (found.size() != 1) {
            throw wrong("a column '" + Excerpt.of(name) + "'", found.isEmpty() ? shown(columns) : "several");
        }
        return Objects.requireNonNull(found.get(0));
    }

    private List<Column> having(Predicate<Column> wanted) {
        return columns.stream().filter(wanted).toList();
    }

    private static String shown(List<Column> columns) {
        int most = 5;
        String names = columns.stream()
                .limit(most)
                .map(column -> "'" + Excerpt.of(column.name()) + "' (" + column.shown() + ")")
                .collect(Collectors.joining(", "));
        return columns.isEmpty()
                ? "none"
                : names + (columns.size() > most ? " and " + (columns.size() - most) + " more" : "");
    }

    private InputException wrong(String expected, String found) {
        return new InputException(file + " has other columns: expected " + expected + ", found " + found);
    }
}
