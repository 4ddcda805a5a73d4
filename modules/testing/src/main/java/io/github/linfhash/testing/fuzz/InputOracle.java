package io.github.linfhash.testing.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.linfhash.core.errors.InputException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The check of what a reader does with an input: it accepts it, or refuses it with an {@link InputException} of one plain sentence; it may not ask
 * for much more memory than the input has bytes, and it may not write.
 */
public final class InputOracle {
    /** The memory that any input may cost, in bytes. */
    private static final long ALLOWANCE = 48L << 20;

    /** The memory that each byte of an input may cost: gzip packs 1,032 into one, and what is unpacked is copied. */
    private static final long PER_BYTE = 8 * 1032;

    /** The internals that no message may show: Java's words about an unexpected null, and names in Jackson's code. */
    private static final Pattern INSIDE = Pattern.compile("Cannot \\w+ .*because .* is null|`[A-Z]\\w+(\\.[A-Z_]+)?`");

    private static final int ATTEMPTS = 3;
    private static final int LONGEST_MESSAGE = 2000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private InputOracle() {}

    /**
     * Feeds a target with an input.
     *
     * @param work an existing folder for files
     * @return the sentence with which the input was refused; null if it was accepted
     * @throws AssertionError if the reader did what it may not
     */
    public static @Nullable String feed(FuzzTarget target, Path work, byte[] input) {
        Path folder = work.resolve("input");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
            return feedIn(folder, target, input);
        } catch (IOException e) {
            throw new UncheckedIOException("the input could not be laid out", e);
        }
    }

    /** Once more if it was dear: the first time, classes are loaded, and a fuzzer instruments them. */
    private static @Nullable String feedIn(Path folder, FuzzTarget target, byte[] input) throws IOException {
        long most = ALLOWANCE + PER_BYTE * input.length;
        long cost = Long.MAX_VALUE;
        String refusal = null;
        for (int attempt = 0; cost > most && attempt < ATTEMPTS; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                refusal = read(folder, target, input);
            } finally {
                cost = THREADS.getCurrentThreadAllocatedBytes() - before;
                empty(folder.toFile());
            }
        }
        if (cost > most) {
            throw new AssertionError(input.length + " bytes of input made the reader ask for " + cost + " of memory");
        }
        return refusal;
    }

    private static @Nullable String read(Path folder, FuzzTarget target, byte[] input) {
        try {
            target.feed().read(folder, input);
            return null;
        } catch (InputException e) {
            String refusal = String.valueOf(e.getMessage());
            requirePlain(refusal, input);
            return refusal;
        } catch (IOException e) {
            throw new AssertionError("an I/O error for what an input holds", e);
        }
    }

    private static void requirePlain(String message, byte[] input) {
        boolean plain = message.codePoints()
                .allMatch(c -> !Character.isISOControl(c) && c != 0x2028 && c != 0x2029 && Character.isDefined(c));
        boolean ends = message.endsWith(".") && !message.endsWith("...");
        if (!plain || showsInside(message, input) || message.isBlank() || message.length() > LONGEST_MESSAGE || ends) {
            throw new AssertionError("a message that is no plain sentence: " + message);
        }
    }

    /** A fuzzer that watches what is searched for puts it into its inputs, and then messages may quote it. */
    private static boolean showsInside(String message, byte[] input) {
        // Jazzer watches every step of a pattern, which costs as much as reading a small input: few messages need one.
        if (message.indexOf('`') < 0 && !message.contains(" is null")) {
            return false;
        }
        Matcher inside = INSIDE.matcher(message);
        return inside.find() && !new String(input, StandardCharsets.UTF_8).contains(inside.group());
    }

    /** In few calls of the system, which are most of what a small input costs. */
    private static void empty(File folder) throws IOException {
        File[] entries = folder.listFiles();
        if (entries == null) {
            throw new IOException(folder + " cannot be listed");
        }
        for (File entry : entries) {
            if (!entry.delete()) {
                empty(entry);
                Files.delete(entry.toPath());
            }
        }
    }
}
