package io.github.linfhash.advisor.engine;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The table of a user's vectors, its column and its key, as PostgreSQL has them. SQL quotes all of them, so that neither upper case nor reserved words
 * change their meaning. A name is written as it is, or in double quotes as in SQL.
 *
 * @param table its name, or a schema, a dot and its name
 * @param column the name of the column of vectors
 * @param key the name of the column that identifies a row
 */
public record SqlNames(String table, String column, String key) {
    /** PostgreSQL cuts longer names. */
    private static final int MOST_BYTES = 63;

    /** Without what ends a string or a dollar quote of SQL, in which names stand, too. */
    private static final Pattern PART =
            Pattern.compile("\"(?:[^\"\\\\$\\p{Cntrl}]|\"\")+\"|[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_ -]*[\\p{L}\\p{N}_])?");

    /** Names of an example, for vectors of no table. */
    public static final SqlNames EXAMPLE = new SqlNames("items", "embedding", "id");

    /**
     * Checks the names.
     *
     * @throws InputException if one is no name, or too long
     */
    public SqlNames {
        parts("--table", table, 2);
        parts("--column", column, 1);
        parts("--key-column", key, 1);
    }

    /** The names of a schema and of what is in it, without quotes. */
    private static List<String> parts(String option, String name, int most) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(name);
        int at = 0;
        while (part.find(at) && part.start() == at && parts.size() < most) {
            String found = part.group();
            parts.add(
                    found.startsWith("\"")
                            ? found.substring(1, found.length() - 1).replace("\"\"", "\"")
                            : found);
            if (parts.get(parts.size() - 1).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                break;
            }
            if (part.end() == name.length()) {
                return parts;
            }
            if (name.charAt(part.end()) != '.') {
                break;
            }
            at = part.end() + 1;
        }
        throw new InputException(option
                + ": expected a name of letters, digits and underscores, or another one in double quotes without \\ and $, of at"
                + " most " + MOST_BYTES + " bytes" + (most > 1 ? ", with a schema and a dot before it or not" : "")
                + ", found '"
                + Excerpt.of(name) + "'. A view gives a table or a column another name");
    }

    /** The table, quoted. */
    public String quotedTable() {
        return parts("--table", table, 2).stream().map(SqlNames::quoted).collect(Collectors.joining("."));
    }

    /** The column of vectors, quoted. */
    public String quotedColumn() {
        return quotedColumn("--column", column);
    }

    /** A column that an option names, quoted. */
    public static String quotedColumn(String option, String name) {
        return quoted(parts(option, name, 1).get(0));
    }

    /** The key, quoted. */
    public String quotedKey() {
        return quoted(parts("--key-column", key, 1).get(0));
    }

    /** The key, without quotes. */
    public String plainKey() {
        return parts("--key-column", key, 1).get(0);
    }

    /** A name in the table's schema, quoted. */
    String inSchema(String name) {
        List<String> parts = parts("--table", table, 2);
        return (parts.size() < 2 ? "" : quoted(parts.get(0)) + ".") + quoted(name);
    }

    /**
     * The name of something that belongs to the column, without a schema and quotes: the table, the column, an ending, and a number that other
     * definitions do not have, not even those of a table whose long name begins in the same way.
     *
     * @param definition everything that it depends on
     */
    String nameFor(String ending, String definition) {
        CRC32 number = new CRC32();
        number.update((quotedTable() + " " + quotedColumn() + " " + definition).getBytes(StandardCharsets.UTF_8));
        String end = String.format(Locale.ROOT, "_%s_%08x", ending, number.getValue());
        List<String> parts = parts("--table", table, 2);
        StringBuilder name = new StringBuilder(
                parts.get(parts.size() - 1) + "_" + parts("--column", column, 1).get(0));
        while (name.toString().getBytes(StandardCharsets.UTF_8).length + end.length() > MOST_BYTES) {
            name.setLength(name.offsetByCodePoints(name.length(), -1));
        }
        return name + end;
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string of SQL. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
