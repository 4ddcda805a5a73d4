package io.github.linfhash.shell;

import io.github.linfhash.io.files.FileFailure;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that reports failures. Java's print writers ignore them, so a full disk behind {@code > file} would look like
 * success.
 */
public final class StandardOutput {
    private StandardOutput() {}

    /**
     * Runs a program that prints to {@code System.out}.
     *
     * <p>A failure to write is reported in one sentence. A pipe whose reader has ended, as with {@code | head}, ends the program
     * silently.
     *
     * @param program gives its exit code
     * @return that exit code; {@link ExitCodes#FAILED} or {@link ExitCodes#CLOSED_PIPE} if it was 0 and something was not
     *     written
     */
    public static int watch(IntSupplier program) {
        ParentProcess.watchIfAsked();
        return watch(new FileOutputStream(FileDescriptor.out), program);
    }

    /** Runs a program that prints to another stream. */
    public static int watch(OutputStream out, IntSupplier program) {
        PrintStream before = System.out;
        WatchedStream stream = new WatchedStream(out);
        PrintStream watched = new PrintStream(new BufferedOutputStream(stream), false, Charset.defaultCharset());
        System.setOut(watched);
        int code;
        try {
            code = program.getAsInt();
        } finally {
            System.setOut(before);
        }
        watched.flush();
        IOException failure = stream.failure;
        if (failure == null) {
            return code;
        }
        String reason = FileFailure.reason(failure);
        // The system's message, in English and in some other languages.
        boolean closedPipe = reason.toLowerCase(Locale.ROOT).contains("pipe");
        if (!closedPipe) {
            System.err.println("linfhash: standard output could not be written: " + reason + ".");
        }
        if (code != ExitCodes.OK) {
            return code;
        }
        return closedPipe ? ExitCodes.CLOSED_PIPE : ExitCodes.FAILED;
    }

    /** Remembers the first failure and writes nothing after it, so that no output has a gap. */
    private static final class WatchedStream extends OutputStream {
        private final OutputStream out;
        private volatile @Nullable IOException failure;

        WatchedStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (failure != null) {
                return;
            }
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
