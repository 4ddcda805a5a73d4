package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.protocols.protocol.MethodEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program. What is left of its {@link ProcessFamily} is ended when the program ends, when they take more time or memory
 * than they may, and when this program ends. Memory is looked at several times a second.
 *
 * @param name what sentences call it
 * @param words the program and what it is told
 * @param folder where it is started
 */
record Program(String name, List<String> words, Path folder, MethodEntry.Limits limits) {
    private static final long PAUSE_MILLIS = 100;
    private static final long LAST_WORDS_MILLIS = 1000;
    private static final double MINUTE = 60e9;
    private static final int KEPT = 4096;
    private static final int SHOWN = 200;

    /**
     * Runs it, with nothing to read.
     *
     * @throws InputException if it cannot be started, takes too much, or ends with another exit code than 0
     * @throws IOException if this thread is interrupted, after it was ended
     */
    void run() throws IOException {
        ProcessFamily family = start();
        Process process = family.first();
        LastWords said = new LastWords(process.getInputStream());
        said.start();
        Thread atExit = new Thread(family::end);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            watch(family);
            said.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException(name + " was interrupted").initCause(e);
        } finally {
            family.end();
            takeBack(atExit);
        }
        if (process.exitValue() != 0) {
            throw new InputException(name + ": expected exit code 0, found " + process.exitValue() + said.shown());
        }
    }

    private static void takeBack(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this program is ending, and the hook runs
        }
    }

    private ProcessFamily start() {
        try {
            ProcessFamily family = ProcessFamily.start(
                    new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true));
            family.first().getOutputStream().close();
            return family;
        } catch (IOException e) {
            throw new InputException(
                    name + ": expected a program that can be started, found '" + words.get(0) + "': " + e.getMessage(),
                    e);
        }
    }

    private void watch(ProcessFamily family) throws InterruptedException {
        long start = System.nanoTime();
        while (!family.first().waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - start > limits.minutes() * MINUTE) {
                throw new InputException(name + ": expected an end within " + limits.minutes()
                        + " minutes, found it still running; it was ended");
            }
            double held = family.gigabytes();
            if (held > limits.gigabytes()) {
                throw new InputException(name + ": expected at most " + limits.gigabytes()
                        + " gigabytes of memory, found " + Math.round(held * 100) / 100.0 + "; it was ended");
            }
        }
    }

    /** Reads what a program says, so that it never waits for a reader, and keeps the end of it. */
    private static final class LastWords extends Thread {
        private final InputStream in;
        private final byte[] kept = new byte[KEPT];
        private long read;

        LastWords(InputStream in) {
            super("output of a command");
            setDaemon(true);
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[KEPT];
            try {
                for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                    keep(buffer, size);
                }
            } catch (IOException e) {
                return; // the pipe is closed when the program is ended: what was read stays
            }
        }

        private synchronized void keep(byte[] bytes, int size) {
            for (int i = 0; i < size; i++) {
                kept[(int) (read++ % KEPT)] = bytes[i];
            }
        }

        /** The last line that is not blank, or nothing. */
        synchronized String shown() {
            int size = (int) Math.min(read, KEPT);
            byte[] inOrder = new byte[size];
            for (int i = 0; i < size; i++) {
                inOrder[i] = kept[(int) ((read - size + i) % KEPT)];
            }
            String last = new String(inOrder, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("\\p{C}", "").strip())
                    .filter(line -> !line.isEmpty())
                    .reduce("", (before, line) -> line);
            return last.isEmpty()
                    ? "; it said nothing"
                    : "; it said last: " + last.substring(0, Math.min(SHOWN, last.length()));
        }
    }
}
