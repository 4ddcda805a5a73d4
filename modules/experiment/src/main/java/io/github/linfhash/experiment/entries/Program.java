package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.protocols.protocol.MethodEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a program, which is ended with all that it started when it takes more time or memory than it may, and when this program
 * ends. Memory is what its processes hold, looked at several times a second and only where the system tells it in {@code /proc}; what
 * several of them share counts for each.
 *
 * @param name what sentences call it
 * @param words the program and what it is told
 * @param folder where it is started
 */
record Program(String name, List<String> words, Path folder, MethodEntry.Limits limits) {
    private static final long PAUSE_MILLIS = 100;
    private static final long LAST_WORDS_MILLIS = 1000;
    private static final long DEATH_SECONDS = 10;
    private static final double MINUTE = 60e9;
    private static final double GIGABYTE = 1L << 30;
    private static final int KEPT = 4096;
    private static final int SHOWN = 200;
    private static final Path SYSTEM = Path.of("/proc");

    /**
     * Runs it, with nothing to read.
     *
     * @throws InputException if it cannot be started, takes too much, or ends with another exit code than 0
     * @throws IOException if this thread is interrupted, after it was ended
     */
    void run() throws IOException {
        Process process = start();
        LastWords said = new LastWords(process.getInputStream());
        said.start();
        Set<ProcessHandle> all = new HashSet<>(Set.of(process.toHandle()));
        Thread atExit = new Thread(() -> end(process, all));
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            watch(process, all);
            said.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException(name + " was interrupted").initCause(e);
        } finally {
            end(process, all);
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

    private Process start() {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new InputException(
                    name + ": expected a program that can be started, found '" + words.get(0) + "': " + e.getMessage(),
                    e);
        }
    }

    private void watch(Process process, Set<ProcessHandle> all) throws InterruptedException {
        long start = System.nanoTime();
        while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            synchronized (all) {
                process.descendants().forEach(all::add);
            }
            if (System.nanoTime() - start > limits.minutes() * MINUTE) {
                throw new InputException(name + ": expected an end within " + limits.minutes()
                        + " minutes, found it still running; it was ended");
            }
            double held = gigabytes(all);
            if (held > limits.gigabytes()) {
                throw new InputException(name + ": expected at most " + limits.gigabytes()
                        + " gigabytes of memory, found " + Math.round(held * 100) / 100.0 + "; it was ended");
            }
        }
    }

    private static double gigabytes(Set<ProcessHandle> all) {
        return all.stream()
                .filter(ProcessHandle::isAlive)
                .mapToDouble(process -> kilobytes(process.pid()) * 1024 / GIGABYTE)
                .sum();
    }

    private static double kilobytes(long pid) {
        Path status = SYSTEM.resolve(Long.toString(pid)).resolve("status");
        try (Stream<String> lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended, or this system tells nothing of it
        }
    }

    /** Ends all of it, and waits until it is gone: whoever clears up after it finds nothing that still writes. */
    private static void end(Process process, Set<ProcessHandle> all) {
        synchronized (all) {
            process.descendants().forEach(all::add);
            all.forEach(ProcessHandle::destroyForcibly);
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .completeOnTimeout(null, DEATH_SECONDS, TimeUnit.SECONDS)
                    .join();
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
