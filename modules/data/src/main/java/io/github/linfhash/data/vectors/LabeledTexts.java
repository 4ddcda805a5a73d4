package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.NamedLabels.LabelWords;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.TextFiles;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Short texts, such as sentences, each perhaps of a class.
 *
 * @param texts n of them, at least one, none of them blank
 * @param labels n classes, or null if the file says none
 */
public record LabeledTexts(List<String> texts, @Nullable NamedLabels labels) {
    /** What a column of texts is called unless the user says otherwise. */
    private static final String TITLE = "text";

    private static final int LONGEST_TEXT = 100_000;

    public LabeledTexts {
        texts = List.copyOf(texts);
    }

    /**
     * Reads a file: {@code .txt} has a text in each line; {@code .csv} and {@code .tsv} have a header, a text in a column and
     * perhaps its class in another.
     *
     * @param textColumn the column of the texts, by its name in the header or its number from 0; null for that called {@code
     *     text}. Lines have none
     * @param labelColumn the column of the classes; null for that which is called as {@link CsvLabels#TITLES} has it, if there
     *     is one
     * @throws InputException if the file is missing, of another kind, no UTF-8, larger than a quarter of the heap, or has no
     *     such column; if there are no texts, or one is blank or has more than 100,000 characters
     */
    public static LabeledTexts read(
            Path file, @Nullable String textColumn, @Nullable String labelColumn, Progress progress) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean table = name.endsWith(".csv") || name.endsWith(".tsv");
        if (!table && !name.endsWith(".txt")) {
            throw new InputException(
                    file + " is of an unknown kind: expected texts in a file that ends in .txt, .csv or .tsv,"
                            + " found another ending");
        }
        if (!table && (textColumn != null || labelColumn != null)) {
            throw new InputException(file + " has no columns: expected a table in .csv or .tsv to take column '"
                    + Excerpt.of(String.valueOf(textColumn == null ? labelColumn : textColumn))
                    + "' of, found lines of text");
        }
        return FileProgress.show(file, 1, progress, task -> {
            Found found = new Found(file);
            return table ? found.columns(textColumn, labelColumn, task) : found.lines(task);
        });
    }

    /** The rows of one file. */
    private static final class Found {
        private final Path file;
        private final List<String> texts = new ArrayList<>();

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
            requireSome();
            return new LabeledTexts(texts, null);
        }

        LabeledTexts columns(@Nullable String textColumn, @Nullable String labelColumn, Progress.Task task) {
            String label = labelColumn != null ? labelColumn : CsvLabels.titled(file, TableForm.PLAIN);
            LabelWords words = new LabelWords(file.toString());
            try (CsvRows rows = CsvRows.open(file, TableForm.PLAIN, task)) {
                requireRoom();
                List<String> header = rows.next();
                if (header == null) {
                    throw new InputException(file + " has no texts: expected a header, found nothing");
                }
                int column = CsvColumns.find(header, textColumn == null ? TITLE : textColumn, "the texts", rows);
                int labels = CsvColumns.find(header, label, "the classes", rows);
                if (labels == column) {
                    if (labelColumn != null) {
                        throw rows.wrong(
                                "another column for the classes than for the texts",
                                "'" + Excerpt.of(labelColumn) + "' for both");
                    }
                    labels = -1;
                }
                for (List<String> row = rows.next(); row != null; row = rows.next()) {
                    String fault = fault(row.get(column));
                    if (fault != null) {
                        throw rows.wrong(EXPECTED + " in column '" + Excerpt.of(header.get(column)) + "'", fault);
                    }
                    texts.add(row.get(column));
                    if (labels >= 0) {
                        words.add(List.of(CsvLabels.requireClass(row, labels, rows)));
                    }
                }
                requireSome();
                return new LabeledTexts(texts, labels < 0 ? null : words.toLabels());
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
            long bytes = TextFiles.size(file);
            if (bytes > limit) {
                throw new InputException(file + " does not fit into memory: expected at most " + limit
                        + " bytes, a quarter of the heap (LINFHASH_HEAP makes it larger), found " + bytes);
            }
        }

        private void requireSome() {
            if (texts.isEmpty()) {
                throw new InputException(file + " has no texts: expected at least one, found none");
            }
        }
    }
}
