package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.columnar.Column;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.formats.vectors.LabelFiles.Words;
import io.github.linfhash.formats.vectors.VectorFormat.Holds;
import io.github.linfhash.formats.vectors.VectorFormat.Source;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short texts, such as sentences, with optional classes.
 *
 * @param texts n of them, at least one, none of them blank
 * @param labels n classes, or null if the file contains none
 */
public record LabeledTexts(List<String> texts, @Nullable NamedLabels labels) {
    /** The name of a column of texts unless the user gives another. */
    private static final String TITLE = "text";

    private static final int LONGEST_TEXT = 100_000;

    /** The memory that a text takes in addition to its characters, in characters. */
    private static final int OVERHEAD = 32;

    public LabeledTexts {
        texts = List.copyOf(texts);
    }

    /**
     * Reads a file: {@code .txt} has a text in each line; {@code .csv} and {@code .tsv} have a header, a text in a column and
     * perhaps its class in another.
     *
     * @param textColumn the column of the texts, by its name in the header or its number from 0; null for that called {@code
     *     text}. Lines have none
     * @param labelColumn the column of the classes; null for that which is called as {@link TableColumnChoice} has it, if there
     *     is one
     * @throws InputException if the file is missing, of another kind, no UTF-8, larger than a quarter of the heap, or has no
     *     such column; if there are no texts, or one is blank or has more than 100,000 characters
     */
    public static LabeledTexts read(
            Path file, @Nullable String textColumn, @Nullable String labelColumn, Progress progress) {
        return VectorFormat.read(file, TableForm.PLAIN, Holds.TEXTS, progress, (format, source) -> {
            Found found = new Found(source.file());
            if (format.isTable()) {
                return found.columns(format, source, textColumn, labelColumn);
            }
            if (textColumn != null || labelColumn != null) {
                throw new InputException(file + " has no columns: expected a table in "
                        + VectorFormat.endings(VectorFormat::isTable, ", ") + " to take column '"
                        + Excerpt.of(String.valueOf(textColumn == null ? labelColumn : textColumn))
                        + "' of, found lines of text");
            }
            return found.lines(source.task());
        });
    }

    /** The rows of one file. */
    private static final class Found {
        private final Path file;
        private final List<String> texts = new ArrayList<>();
        private long characters;

        Found(Path file) {
            this.file = file;
        }

        LabeledTexts lines(Progress.Task task) {
            try (TextLines lines = TextLines.open(file, task)) {
                requireRoom();
                for (String line = lines.next(); line != null; line = lines.next()) {
                    String fault = fault(line);
                    if (fault != null) {
                        throw lines.wrong(EXPECTED, fault);
                    }
                    texts.add(line.strip());
                }
            }
            if (texts.isEmpty()) {
                throw none();
            }
            return new LabeledTexts(texts, null);
        }

        LabeledTexts columns(
                VectorFormat format, Source source, @Nullable String textColumn, @Nullable String labelColumn) {
            try (ColumnTable table = format.open(source)) {
                requireRoom();
                if (table.isEmpty()) {
                    throw none();
                }
                TableColumnChoice choice = TableColumnChoice.of(table);
                String named = textColumn != null ? textColumn : source.column();
                Column column = choice.word(named == null ? TITLE : named);
                if (column.list()) {
                    throw new InputException(file + " has other columns: expected a text a row in the column '"
                            + Excerpt.of(column.name()) + "', found " + column.shown());
                }
                String label = labelColumn != null ? labelColumn : choice.titled();
                Column labels = label == null ? column : choice.word(label);
                if (labels.equals(column) && labelColumn != null) {
                    throw new InputException(file
                            + " has other columns: expected another column for the classes than for the texts, found '"
                            + Excerpt.of(labelColumn) + "' for both");
                }
                Words words = new Words(table, labels);
                boolean labeled = !labels.equals(column);
                table.read(labeled ? List.of(column, labels) : List.of(column), new Cells() {
                    @Override
                    public void whole(int at, int row, int place, long value) {
                        text(at, row, place, Long.toString(value));
                    }

                    @Override
                    public void text(int at, int row, int place, String text) {
                        if (at == 1) {
                            words.text(at, row, place, text);
                            return;
                        }
                        String fault = fault(text);
                        if (fault != null) {
                            throw table.wrong(column, row, "text", EXPECTED, fault);
                        }
                        requireRoom(text);
                        texts.add(text);
                    }

                    @Override
                    public void end(int at, int row, int count) {
                        if (at == 1) {
                            words.end(at, row, count);
                        }
                    }
                });
                return new LabeledTexts(texts, labeled ? words.toLabels() : null);
            }
        }

        private static final String EXPECTED = "a text of 1 to " + LONGEST_TEXT + " characters";

        private static @Nullable String fault(String text) {
            if (text.isBlank()) {
                return "an empty one";
            }
            return text.length() > LONGEST_TEXT ? "one of " + text.length() : null;
        }

        private void requireRoom() {
            long limit = Runtime.getRuntime().maxMemory() / 4;
            long bytes = TextLines.size(file);
            if (bytes > limit) {
                throw new InputException(file + " does not fit into memory: expected at most " + limit
                        + " bytes, a quarter of the heap (LINFHASH_HEAP makes it larger), found " + bytes);
            }
        }

        /** A column may repeat a long text in few bytes. */
        private void requireRoom(String text) {
            characters += text.length() + OVERHEAD;
            long limit = Runtime.getRuntime().maxMemory() / 4 / Character.BYTES;
            if (characters > limit) {
                throw new InputException(file + " does not fit into memory: expected texts of at most " + limit
                        + " characters, a quarter of the heap (LINFHASH_HEAP makes it larger), found more");
            }
        }

        private InputException none() {
            return new InputException(file + " has no texts: expected at least one, found none");
        }
    }
}
