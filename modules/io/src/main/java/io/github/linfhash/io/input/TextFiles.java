package io.github.linfhash.io.input;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.input.ProxyInputStream;

/** Opens texts: UTF-8, with or without a byte order mark; anything else is an error, never a replacement character. */
public final class TextFiles {
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private TextFiles() {}

    /**
     * Opens a text.
     *
     * @param task advanced by the bytes that are read
     * @throws InputException if there is no such file, or it cannot be opened
     */
    public static Reader open(Path file, Progress.Task task) {
        StrictInput.requireFile(file);
        try {
            Reader reader = new BufferedReader(
                    new InputStreamReader(
                            new Counted(Files.newInputStream(file), task),
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    1 << 16);
            skipByteOrderMark(reader);
            return reader;
        } catch (IOException e) {
            throw unreadable(file, e);
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
                ? new InputException(file + " is no text: expected UTF-8, found bytes that are none", e)
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
}
