package io.github.linfhash.data.fetch;

import io.github.linfhash.data.manifest.DatasetFile;
import io.github.linfhash.data.manifest.FileIdentity;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries one address until the file is whole and right, or has failed too often without getting further.
 *
 * @param pause waits between attempts
 * @param log told why an attempt failed and what happens next
 */
record Attempts(DatasetFile file, Patience patience, Pause pause, Consumer<String> log) {
    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void rest(Duration time) throws InterruptedIOException;
    }

    /** Sleeps. */
    static void sleep(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download was interrupted");
        }
    }

    /**
     * Gets the rest of the file.
     *
     * @throws RefusedSource if the address cannot give the file, or not now
     * @throws FileSystemException if the disk has a fault
     */
    void insist(Transfer transfer, URI source) throws IOException {
        int failures = 0;
        while (true) {
            long before = transfer.forward().furthest();
            try {
                transfer.attempt(source);
                check(transfer.part());
                return;
            } catch (RefusedSource | FileSystemException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                boolean further = transfer.forward().furthest() >= before + Patience.PROGRESS;
                failures = further ? 1 : failures + 1;
                rest(e, failures, source);
            }
        }
    }

    private void rest(IOException failure, int failures, URI source) throws IOException {
        String reason = reason(failure);
        if (failures >= patience.attempts()) {
            throw new RefusedSource(reason + (failures > 1 ? ", " + failures + " times in a row" : ""));
        }
        Duration asked = failure instanceof Interruption interruption ? interruption.asked() : Duration.ZERO;
        Duration time = patience.pause(failures, asked);
        log.accept(source + " " + reason + "; trying again in " + time.toSeconds() + " s (attempt " + (failures + 1)
                + " of " + patience.attempts() + ")");
        pause.rest(time);
    }

    private void check(PartFile part) throws IOException {
        Optional<String> difference = FileIdentity.difference(file, part.path());
        if (difference.isPresent()) {
            boolean mixed = part.resumed();
            part.restart();
            if (mixed) {
                throw new Interruption("gave parts that do not make the file (" + difference.get() + ")");
            }
            throw new RefusedSource("sends another file (" + difference.get() + ")");
        }
    }

    private String reason(IOException failure) {
        if (failure instanceof Interruption interruption) {
            return interruption.reason();
        }
        if (failure instanceof HttpTimeoutException) {
            return "does not answer within " + patience.stall().toSeconds() + " s";
        }
        return failure instanceof ConnectException
                ? "cannot be reached"
                : "broke off (" + StrictInput.reason(failure) + ")";
    }
}
