package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The ids of vectors: given ids, or row numbers from 0. Immutable. */
public final class VectorIds {
    private static final int LONGEST = 1000;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final String vectors;
    private final int rows;
    private final Map<String, Integer> ids;

    private VectorIds(String vectors, int rows, Map<String, Integer> ids) {
        this.vectors = vectors;
        this.rows = rows;
        this.ids = ids;
    }

    /**
     * Returns row numbers as ids.
     *
     * @param vectors the name of their file, for messages
     * @param rows n, at least 1
     */
    public static VectorIds numbers(String vectors, int rows) {
        return new VectorIds(vectors, rows, Map.of());
    }

    /**
     * Reads a text with one id a line, that of row 0 first; surrounding spaces are ignored.
     *
     * @param vectors the name of the file of vectors, for messages
     * @param rows n, at least 1
     * @throws InputException if the file is missing or no UTF-8, does not have exactly n lines, or an id is empty, contains spaces, is longer
     *     than 1,000 characters, or occurs twice
     */
    public static VectorIds read(Path file, String vectors, int rows, Progress progress) {
        return VectorFormat.show(file, 1, progress, task -> {
            Map<String, Integer> ids = new HashMap<>();
            try (TextLines lines = TextLines.open(file, task)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    String id = line.strip();
                    requireId(id, lines);
                    if (ids.size() == rows) {
                        throw lines.wrong("no more than " + rows + " ids, as " + vectors + " has vectors", "another");
                    }
                    Integer before = ids.putIfAbsent(id, ids.size());
                    if (before != null) {
                        throw lines.wrong(
                                "each id once", "'" + Excerpt.of(id) + "', which line " + (before + 1) + " has, too");
                    }
                }
            }
            if (ids.size() < rows) {
                throw new InputException(file + ": expected an id for each of the " + rows + " vectors of " + vectors
                        + ", one a line, found " + ids.size());
            }
            return new VectorIds(vectors, rows, ids);
        });
    }

    /** Checks the id in the line that was read last. */
    static void requireId(String id, TextLines lines) {
        String expected = "an id of 1 to " + LONGEST + " characters without blanks";
        if (id.isEmpty()) {
            throw lines.wrong(expected, "nothing");
        }
        if (id.length() > LONGEST) {
            throw lines.wrong(expected, "one of " + id.length());
        }
        if (id.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw lines.wrong(expected, "'" + Excerpt.of(id) + "'");
        }
    }

    /** The ids in the order of the rows; empty if they are row numbers. */
    public List<String> inOrder() {
        return ids.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /**
     * Returns the row of an id; empty if no row has it.
     *
     * @param lines the file that contains it, for messages
     * @throws InputException if ids are row numbers, and this is not one
     */
    OptionalInt find(String id, TextLines lines) {
        OptionalInt row = find(id);
        if (row.isEmpty() && ids.isEmpty()) {
            throw lines.wrong(expected(), "'" + Excerpt.of(id) + "'");
        }
        return row;
    }

    /** Returns the row of an id; empty if no row has it. */
    OptionalInt find(String id) {
        Integer row = ids.get(id);
        if (row != null) {
            return OptionalInt.of(row);
        }
        return ids.isEmpty() && NUMBER.matcher(id).matches() && Integer.parseInt(id) < rows
                ? OptionalInt.of(Integer.parseInt(id))
                : OptionalInt.empty();
    }

    /** Describes the ids that are allowed, for messages. */
    String expected() {
        return ids.isEmpty()
                ? "a row of " + vectors + " from 0 to " + (rows - 1) + ", as no file names its ids"
                : "an id of a row of " + vectors;
    }
}
