package io.github.linfhash.io.input;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.input.ProxyInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text, one after another; only one of them is in memory. A text is UTF-8, with or without a byte order mark; anything else
 * is an error, never a replacement character.
 *
 * <p>Lines end with a line feed, with or without a carriage return before it; the last one need not.
 */
public final class TextLines implements AutoCloseable {
    private static final int LONGEST = 1 << 24;
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final Path file;
    private final Reader reader;
    private final char[] buffer = new char[1 << 15];
    private int next;
    private int filled;
    private int number;

    private TextLines(Path file, Reader reader) {
        this.file = file;
        this.reader = reader;
    }

    /**
     * Opens a text.
     *
     * @param task advanced by the bytes that are read
     * @throws InputException if there is no such file, or it cannot be opened
     */
    public static TextLines open(Path file, Progress.Task task) {
        return new TextLines(file, reader(file, task));
    }

    /**
     * Opens a text; one whose name ends in {@code .gz} is unpacked.
     *
     * @param task advanced by the bytes that are read of the file
     * @throws InputException if there is no such file, or it cannot be opened
     */
    public static Reader reader(Path file, Progress.Task task) {
        StrictInput.requireFile(file);
        try {
            InputStream in = new Counted(Files.newInputStream(file), task);
            return reader(file.toString().endsWith(".gz") ? StrictInput.gunzip(file.toString(), in) : in);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Returns a whole text, which fits into memory.
     *
     * @throws InputException if there is no such file, or it is no text in UTF-8
     */
    public static String text(Path file) {
        try (Reader reader = reader(file, Progress.Task.SILENT)) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Returns all lines of a text, which fit into memory.
     *
     * @throws InputException if there is no such file, or it is no text in UTF-8
     */
    public static List<String> all(Path file) {
        try (TextLines lines = open(file, Progress.Task.SILENT)) {
            List<String> all = new ArrayList<>();
            for (String line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
            return List.copyOf(all);
        }
    }

    /** Reads a stream behind its byte order mark, and closes it if that fails. */
    private static Reader reader(InputStream in) throws IOException {
        Reader reader = new BufferedReader(
                new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1 << 16);
        try {
            skipByteOrderMark(reader);
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * The size of a text in bytes.
     *
     * @throws InputException if it cannot be told
     */
    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void skipByteOrderMark(Reader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    /** The sentence for a failure while reading a text. */
    public static InputException unreadable(Path file, IOException e) {
        return e instanceof CharacterCodingException
                ? new InputException(
                        file + " is no text: expected UTF-8, found bytes that are none; save it as UTF-8", e)
                : new InputException(
                        file + " cannot be read: expected a text, found a fault (" + StrictInput.reason(e) + ")", e);
    }

    private static final class Counted extends ProxyInputStream {
        private final Progress.Task task;

        @SuppressWarnings("deprecation") // the constructor is; its replacement builds no subclass
        Counted(InputStream in, Progress.Task task) {
            super(in);
            this.task = task;
        }

        @Override
        protected void afterRead(int n) throws IOException {
            if (n > 0) {
                task.advance(n);
            }
        }
    }

    /**
     * The next line without its end, or null after the last one.
     *
     * @throws InputException if the file is no text in UTF-8, or a line has more than 16 Mi characters
     */
    public @Nullable String next() {
        if (next == filled && !fill()) {
            return null;
        }
        number++;
        StringBuilder longer = new StringBuilder();
        do {
            int end = lineFeed();
            longer.append(buffer, next, end - next);
            next = end;
            if (next < filled) {
                next++;
                return withoutReturn(longer);
            }
            if (longer.length() > LONGEST) {
                throw wrong("at most " + LONGEST + " characters", "more");
            }
        } while (fill());
        return withoutReturn(longer);
    }

    private int lineFeed() {
        int end = next;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String withoutReturn(StringBuilder line) {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    private boolean fill() {
        try {
            next = 0;
            filled = Math.max(0, reader.read(buffer));
            return filled > 0;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The file's name, for messages. */
    public String name() {
        return file.toString();
    }

    /** The number of the line that was read last, from 1 on. */
    public int number() {
        return number;
    }

    /** An input error about the line that was read last. */
    public InputException wrong(String expected, String found) {
        return new InputException(file + ", line " + number + ": expected " + expected + ", found " + found);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
