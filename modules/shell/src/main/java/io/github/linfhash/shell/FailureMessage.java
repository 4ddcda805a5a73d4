package io.github.linfhash.shell;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.PlainText;
import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.io.files.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Ends a command with one sentence; only a fault in the program itself shows a stack trace. Control characters in quoted text
 * are replaced.
 */
public final class FailureMessage implements IExecutionExceptionHandler {
    private static final long MEBI = 1 << 20;
    private static final long GIBI = 1 << 30;

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof InputException) {
            say(line, sentence(failure));
            return ExitCodes.BAD_INPUT;
        }
        OutOfMemoryError memory = outOfMemory(failure);
        if (memory != null) {
            say(line, limit(memory));
            return ExitCodes.FAILED;
        }
        if (failure instanceof NonFiniteException || failure instanceof UnavailableException) {
            say(line, sentence(failure));
            return ExitCodes.FAILED;
        }
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof IOException io) {
            say(line, describe(io));
            return ExitCodes.FAILED;
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        line.getErr().println(PlainText.lines(trace.toString().stripTrailing()));
        return ExitCodes.FAILED;
    }

    private static @Nullable OutOfMemoryError outOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError memory) {
                return memory;
            }
        }
        return null;
    }

    private static String limit(OutOfMemoryError memory) {
        // The message of JavaCPP, which limits the memory that it has allocated.
        if (String.valueOf(memory.getMessage()).contains("totalBytes")) {
            return "Out of memory: memory outside the Java heap is limited to "
                    + System.getProperty("org.bytedeco.javacpp.maxbytes", "the size of the heap")
                    + ". Set LINFHASH_NATIVE to a larger size and run the same command again; finished runs are reused";
        }
        long heap = largestHeap();
        // At least twice the default.
        long more = Math.max(8, 2 * ((heap + GIBI - 1) / GIBI));
        return "Out of memory: the Java heap is limited to " + heap / MEBI + " MiB. Set LINFHASH_HEAP=" + more
                + "g and run the same command again; finished runs are reused";
    }

    /** Returns the value of -Xmx in bytes; Runtime.maxMemory() excludes a part that the collector keeps free. */
    private static long largestHeap() {
        return Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxHeapSize")
                .getValue());
    }

    private static void say(CommandLine line, String sentence) {
        line.getErr().println("linfhash: " + PlainText.line(sentence) + (sentence.endsWith(".") ? "" : "."));
    }

    private static String sentence(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    private static String describe(IOException failure) {
        String reason = FileFailure.reason(failure);
        return failure instanceof FileSystemException system && system.getFile() != null
                ? system.getFile() + " could not be read or written: " + reason
                : "A file could not be read or written: " + reason;
    }
}
