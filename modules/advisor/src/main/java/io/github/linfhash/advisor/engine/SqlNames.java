package io.github.linfhash.advisor.engine;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table and the column of a user's vectors, as PostgreSQL has them; SQL quotes both, so that neither upper case nor reserved words
 * change their meaning.
 *
 * @param table its name, or a schema, a dot and its name
 * @param column its name
 */
public record SqlNames(String table, String column) {
    /** PostgreSQL cuts names behind 63 characters, and we add up to five. */
    private static final int LONGEST = 58;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0," + (LONGEST - 1) + "}");

    /**
     * Checks the names.
     *
     * @throws InputException if one is no name of ASCII letters, digits and underscores, or too long
     */
    public SqlNames {
        require("--table", table, 2);
        require("--column", column, 1);
    }

    private static void require(String option, String name, int most) {
        String[] parts = name.split("\\.", -1);
        if (parts.length > most
                || !Arrays.stream(parts).allMatch(part -> NAME.matcher(part).matches())) {
            throw new InputException(option + ": expected a name of letters, digits and underscores, at most " + LONGEST
                    + " of them" + (most > 1 ? ", with a schema and a dot before it or not" : "") + ", found '"
                    + Excerpt.of(name) + "'");
        }
    }

    /** The table, quoted. */
    public String quotedTable() {
        return Arrays.stream(table.split("\\.", -1)).map(SqlNames::quoted).collect(Collectors.joining("."));
    }

    /** The column, quoted. */
    public String quotedColumn() {
        return quoted(column);
    }

    /** The name of something that belongs to the column, in the table's schema: the column's name and an ending. */
    String besideTable(String ending) {
        int dot = table.indexOf('.');
        return (dot < 0 ? "" : quoted(table.substring(0, dot)) + ".") + besideColumn(ending);
    }

    /** The name of another column: this one's and an ending. */
    String besideColumn(String ending) {
        return quoted(column + ending);
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }
}
