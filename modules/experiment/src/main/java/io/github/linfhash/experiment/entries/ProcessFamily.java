package io.github.linfhash.experiment.entries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process and all that it starts, directly or not. Where the system tells of processes in {@code /proc}, they are recognized by a
 * variable of their environment, which has a name of its own for each family: a process inherits it, and keeps it when its parent ends
 * or it begins a session of its own. Elsewhere, and where a process has removed the variable, it belongs to the family as long as
 * the chain of its parents is whole when it is looked at. Safe for threads.
 */
final class ProcessFamily {
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
            CompletableFuture.allOf(known.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
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
            entries.forEach(entry -> all.add(Long.parseLong(entry.getFileName().toString())));
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
