package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.input.TextLines;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table of separated values, one after another (RFC 4180: fields may be quoted).
 *
 * <p>All rows are equally wide; empty lines may only be at the end. The separator is a tab in files that end in {@code
 * .tsv}, otherwise a comma, unless the layout names another.
 */
final class CsvRows implements AutoCloseable {
    private final Path file;
    private final BoundedRecords source;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private int width;

    private CsvRows(Path file, BoundedRecords source, CSVParser parser) {
        this.file = file;
        this.source = source;
        this.parser = parser;
        this.records = parser.iterator();
    }

    static CsvRows open(Path file, TableForm layout, Progress.Task task) {
        Reader text = TextLines.reader(file, task);
        BoundedRecords source = new BoundedRecords(text);
        try {
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(layout.delimiter(isTabbed(file) ? '\t' : ','))
                    .setIgnoreEmptyLines(false)
                    .get();
            return new CsvRows(
                    file,
                    source,
                    CSVParser.builder().setReader(source).setFormat(format).get());
        } catch (IOException e) {
            throw TextLines.unreadable(file, e);
        }
    }

    private static boolean isTabbed(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".tsv") || name.endsWith(".tsv.gz");
    }

    /** The fields of the next row without surrounding blanks, or null after the last row. */
    @Nullable List<String> next() {
        List<String> row = record();
        if (row != null && isEmpty(row)) {
            for (List<String> more = row; more != null; more = record()) {
                if (!isEmpty(more)) {
                    throw wrong("nothing more after an empty line", "more values");
                }
            }
            return null;
        }
        if (row != null) {
            requireWidth(row.size());
        }
        return row;
    }

    private @Nullable List<String> record() {
        source.begin();
        try {
            return records.hasNext()
                    ? records.next().stream().map(String::strip).toList()
                    : null;
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNull(e.getCause()));
        }
    }

    private InputException unreadable(IOException cause) {
        return cause instanceof CSVException || cause instanceof BoundedRecords.TooLong
                ? wrong("fields that are separated and quoted as in RFC 4180", StrictInput.reason(cause))
                : TextLines.unreadable(file, cause);
    }

    private static boolean isEmpty(List<String> row) {
        return row.size() == 1 && row.get(0).isEmpty();
    }

    private void requireWidth(int found) {
        if (width == 0) {
            width = found;
        }
        if (found != width) {
            throw wrong(width + " values as in the first row", String.valueOf(found));
        }
    }

    /** The file's name, for messages. */
    String name() {
        return file.toString();
    }

    /** An input error about the row that was read last. */
    InputException wrong(String expected, String found) {
        long line = Math.max(1, parser.getCurrentLineNumber());
        return new InputException(file + ", line " + line + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw TextLines.unreadable(file, e);
        }
    }

    /** A text from which only so much is read for one record, so that an open quote cannot fill the memory. */
    private static final class BoundedRecords extends FilterReader {
        private static final int LONGEST = 1 << 24;

        private long left = LONGEST;

        BoundedRecords(Reader in) {
            super(in);
        }

        /** A record is longer than any that is meant. */
        static final class TooLong extends IOException {
            private static final long serialVersionUID = 1L;

            TooLong() {
                super("a row of more than " + LONGEST + " characters");
            }
        }

        /** Says that another record begins. */
        void begin() {
            left = LONGEST;
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            count(1);
            return c;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            count(n);
            return n;
        }

        private void count(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new TooLong();
            }
        }
    }
}
