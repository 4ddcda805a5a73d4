package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.errors.PlainText;
import io.github.linfhash.data.fetch.FetchException;
import io.github.linfhash.io.files.FileFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Ends a command with one sentence; only a mistake in the program itself shows a stack trace. Whatever either quotes cannot
 * steer the terminal.
 */
final class FailureMessage implements IExecutionExceptionHandler {
    private static final long MEBI = 1 << 20;

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof InputException) {
            say(line, sentence(failure));
            return ExitCodes.BAD_INPUT;
        }
        if (failure instanceof NonFiniteException || failure instanceof FetchException) {
            say(line, sentence(failure));
            return ExitCodes.FAILED;
        }
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof IOException io) {
            say(line, describe(io));
            return ExitCodes.FAILED;
        }
        if (ofMemory(failure)) {
            say(
                    line,
                    "memory ran out: expected that the heap of "
                            + Runtime.getRuntime().maxMemory() / MEBI
                            + " MiB is enough, found that it is not; LINFHASH_HEAP=8g, say, allows more. What is finished is kept");
            return ExitCodes.FAILED;
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        line.getErr().println(PlainText.lines(trace.toString().stripTrailing()));
        return ExitCodes.FAILED;
    }

    private static boolean ofMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
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
