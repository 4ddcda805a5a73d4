package io.github.linfhash.data.vectors;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a file in LIBSVM's format, one after another: {@code LABEL[,LABEL...] INDEX:VALUE ...} on each line.
 *
 * <p>Indices ascend; what is not there is 0. A row without labels begins with its first index. A {@code #} begins a
 * comment; lines of nothing else are no rows. Empty lines may only be at the end.
 */
final class LibsvmRows implements AutoCloseable {
    private static final int LARGEST_INDEX = 1 << 20;

    private final TextLines lines;
    private List<String> labels = List.of();
    private int[] indices = new int[64];
    private float[] values = new float[64];
    private int count;

    private LibsvmRows(TextLines lines) {
        this.lines = lines;
    }

    static LibsvmRows open(Path file, Progress.Task task) {
        return new LibsvmRows(TextLines.open(file, task));
    }

    /** Goes to the next row; false after the last one. */
    boolean next() {
        boolean empty = false;
        for (String line = lines.next(); line != null; line = lines.next()) {
            int comment = line.indexOf('#');
            String content = comment < 0 ? line : line.substring(0, comment);
            if (!content.isBlank()) {
                if (empty) {
                    throw lines.wrong("nothing more after an empty line", "'" + Excerpt.of(line) + "'");
                }
                parse(content);
                return true;
            }
            empty |= comment < 0;
        }
        return false;
    }

    private void parse(String line) {
        labels = List.of();
        count = 0;
        int at = tokenStart(line, 0);
        int end = tokenEnd(line, at);
        String first = line.substring(at, end);
        if (first.indexOf(':') < 0) {
            labels = labels(first);
            at = tokenStart(line, end);
        }
        while (at < line.length()) {
            end = tokenEnd(line, at);
            add(line.substring(at, end));
            at = tokenStart(line, end);
        }
    }

    private static int tokenStart(String line, int from) {
        int at = from;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int tokenEnd(String line, int from) {
        int at = from;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private List<String> labels(String text) {
        List<String> found = new ArrayList<>();
        for (String label : text.split(",", -1)) {
            if (!NumberText.isWhole(label)) {
                throw lines.wrong("whole numbers as labels, separated by commas", "'" + Excerpt.of(text) + "'");
            }
            found.add(label);
        }
        return found;
    }

    private void add(String token) {
        int colon = token.indexOf(':');
        String index = token.substring(0, Math.max(0, colon));
        float value = NumberText.finiteOrNaN(token.substring(colon + 1));
        if (!index.matches("\\d{1,7}") || Float.isNaN(value)) {
            throw lines.wrong("INDEX:VALUE with a finite number", "'" + Excerpt.of(token) + "'");
        }
        int number = Integer.parseInt(index);
        if (number > LARGEST_INDEX) {
            throw lines.wrong("indices up to " + LARGEST_INDEX, "'" + Excerpt.of(token) + "'");
        }
        if (count > 0 && number <= indices[count - 1]) {
            throw lines.wrong("ascending indices", number + " after " + indices[count - 1]);
        }
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        indices[count] = number;
        values[count++] = value;
    }

    /** The labels of the row as they are written; empty if it has none. */
    List<String> labels() {
        return labels;
    }

    /** The number of the row's entries. */
    int count() {
        return count;
    }

    /** The index of an entry. */
    int index(int entry) {
        return indices[entry];
    }

    /** The value of an entry. */
    float value(int entry) {
        return values[entry];
    }

    /** The lines, for messages. */
    TextLines lines() {
        return lines;
    }

    @Override
    public void close() {
        lines.close();
    }
}
