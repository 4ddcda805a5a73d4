package io.github.linfhash.harness.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.protocols.fetch.FetchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Ends a command with one sentence; only a mistake in the program itself shows a stack trace. */
final class FailureMessage implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) throws Exception {
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
        throw failure;
    }

    private static void say(CommandLine line, String sentence) {
        line.getErr().println("linfhash: " + sentence + (sentence.endsWith(".") ? "" : "."));
    }

    private static String sentence(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    private static String describe(IOException failure) {
        String reason;
        if (failure instanceof AccessDeniedException) {
            reason = "access is denied";
        } else if (failure instanceof NoSuchFileException) {
            reason = "there is no such file or folder";
        } else if (failure instanceof FileSystemException system && system.getReason() != null) {
            reason = system.getReason();
        } else {
            return "A file could not be read or written: " + failure.getMessage();
        }
        return ((FileSystemException) failure).getFile() + " could not be read or written: " + reason;
    }
}
