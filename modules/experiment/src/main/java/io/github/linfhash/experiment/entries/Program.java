package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.protocols.protocol.MethodEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
            throw new InputException(name + ": cannot start '" + words.get(0) + "': " + e.getMessage(), e);
        }
    }

    private void watch(ProcessFamily family) throws InterruptedException {
        long start = System.nanoTime();
        while (!family.first().waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - start > limits.minutes() * MINUTE) {
                throw new InputException(
                        name + ": stopped because it exceeded its limit of " + limits.minutes() + " minutes");
            }
            double held = family.gigabytes();
            if (held > limits.gigabytes()) {
                throw new InputException(name + ": stopped because it exceeded its limit of " + limits.gigabytes()
                        + " gigabytes of memory, using " + Math.round(held * 100) / 100.0);
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
                    ? "; it printed nothing"
                    : "; its last output: " + last.substring(0, Math.min(SHOWN, last.length()));
        }
    }

    /**
     * A process and all that it starts, directly or not. Where the system tells of processes in {@code /proc}, they are recognized by a
     * variable of their environment, which has a name of its own for each family: a process inherits it, and keeps it when its parent ends
     * or it begins a session of its own. Elsewhere, and where a process has removed the variable, it belongs to the family as long as
     * the chain of its parents is whole when it is looked at. Safe for threads.
     */
    static final class ProcessFamily {
        private static final String MARK = "LINFHASH_RUN_";
        private static final long PAUSE_MILLIS = 100;
        private static final long DEATH_SECONDS = 10;
        private static final double GIGABYTE = 1L << 30;
        private static final Path SYSTEM = Path.of("/proc");

        private final Process first;
        private final String mark;
        private final Set<ProcessHandle> known = new HashSet<>();

        /** Processes without the variable: they cannot get it later. */
        private final Set<Long> strangers = new HashSet<>();

        private ProcessFamily(Process first, String mark) {
            this.first = first;
            this.mark = mark + "=";
            known.add(first.toHandle());
        }

        /** Starts the first process. */
        static ProcessFamily start(ProcessBuilder builder) throws IOException {
            String mark = MARK + UUID.randomUUID().toString().replace("-", "");
            builder.environment().put(mark, "1");
            return new ProcessFamily(builder.start(), mark);
        }

        /** The process that was started. */
        Process first() {
            return first;
        }

        /** The memory that its processes hold now; 0 where the system does not tell. What several of them share counts for each. */
        synchronized double gigabytes() {
            look();
            return known.stream()
                    .filter(ProcessHandle::isAlive)
                    .mapToDouble(process -> kilobytes(process.pid()) * 1024 / GIGABYTE)
                    .sum();
        }

        /** Ends all of it, and waits until it is gone: whoever clears up after it finds nothing that still writes. */
        synchronized void end() {
            long start = System.nanoTime();
            strangers.clear();
            look();
            // What starts others while it is being ended has these ended, too.
            while (known.stream().anyMatch(ProcessFamily::isRunning)
                    && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(DEATH_SECONDS)) {
                known.forEach(ProcessHandle::destroyForcibly);
                CompletableFuture.allOf(
                                known.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                        .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
                look();
            }
        }

        private void look() {
            first.descendants().forEach(known::add);
            Set<Long> all = processes();
            strangers.retainAll(all);
            for (long pid : all) {
                if (!strangers.contains(pid)) {
                    String environment = environment(pid);
                    if (environment.contains(mark)) {
                        ProcessHandle.of(pid).ifPresent(known::add);
                    } else if (!environment.isEmpty()) {
                        strangers.add(pid);
                    }
                }
            }
        }

        private static Set<Long> processes() {
            Set<Long> all = new HashSet<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(SYSTEM, "[0-9]*")) {
                entries.forEach(
                        entry -> all.add(Long.parseLong(entry.getFileName().toString())));
            } catch (IOException | DirectoryIteratorException e) {
                return all; // this system tells nothing of its processes
            }
            return all;
        }

        /** The environment of a process; empty while it is becoming another program, and where it has ended or is somebody else's. */
        private static String environment(long pid) {
            try {
                return Files.readString(SYSTEM.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                return "";
            }
        }

        /** Whether a process has not ended; one that has, and of which its parent took no notice yet, has. */
        static boolean isRunning(ProcessHandle process) {
            return process.isAlive() && !status(process.pid(), "State:").startsWith("Z");
        }

        private static double kilobytes(long pid) {
            String digits = status(pid, "VmRSS:").replaceAll("[^0-9]", "");
            return digits.isEmpty() ? 0 : Double.parseDouble(digits);
        }

        /** What the system says of a process under a name; empty where it says nothing, or the process has ended. */
        private static String status(long pid, String name) {
            try (Stream<String> lines = Files.lines(SYSTEM.resolve(pid + "/status"), StandardCharsets.ISO_8859_1)) {
                return lines.filter(line -> line.startsWith(name))
                        .map(line -> line.substring(name.length()).strip())
                        .findFirst()
                        .orElse("");
            } catch (IOException | UncheckedIOException e) {
                return "";
            }
        }
    }
}
