package io.github.linfhash.engines.lucene;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of a JVM that runs Lucene, which needs Java {@value LuceneJava#LEAST}. */
public final class LuceneProcess implements AutoCloseable {
    private static final String WORKER = "io.github.linfhash.lucene.LuceneWorker";
    private static final String LOG = "lucene.log";
    private static final long END_SECONDS = 5;
    private static final int MEBI = 1 << 20;

    /** Lines of a trace, and of the JVM itself, such as the warning of a module that incubates. */
    private static final Pattern TRACE = Pattern.compile("at |[.][.][.] \\d|#|WARNING:|OpenJDK .* warning:|Picked up ");

    private final Path java;
    private final Path folder;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "time limit of Lucene");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread atExit;
    private volatile boolean interrupted;
    private boolean removed;
    private volatile Process process;
    private DataInputStream in;
    private DataOutputStream out;

    /** Writes the arguments of a call. */
    @FunctionalInterface
    public interface Arguments {
        /** Writes them. */
        void write(DataOutputStream to) throws IOException;
    }

    /**
     * Reads the results of a call.
     *
     * @param <T> the results
     */
    @FunctionalInterface
    public interface Results<T> {
        /** Reads them. */
        T read(DataInputStream from) throws IOException;
    }

    /**
     * Starts a process.
     *
     * @param java the program of a JVM that is new enough
     * @param needed how many bytes are written to the disk
     * @throws InputException if there is less space for temporary files
     */
    public LuceneProcess(Path java, long needed) throws IOException {
        this.java = java;
        this.folder = Files.createTempDirectory("linfhash-lucene-");
        OptionalLong free = AtomicFiles.freeSpace(folder);
        if (free.isPresent() && free.getAsLong() < needed) {
            Files.delete(folder);
            throw new InputException("expected " + (needed / MEBI + 1) + " MB of free space for temporary files in "
                    + folder.getParent() + ", found " + free.getAsLong() / MEBI
                    + " MB. Measure fewer vectors with --max-vectors, or make more room");
        }
        try {
            process = started();
        } catch (IOException e) {
            remove(folder);
            throw e;
        }
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        // On Ctrl-C.
        atExit = new Thread(this::interrupt, "end of Lucene");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The folder of its files, which is removed at the end. */
    public Path folder() {
        return folder;
    }

    /** Whether the class path has the module that runs Lucene. */
    public static boolean isInstalled() {
        return LuceneProcess.class.getClassLoader().getResource(WORKER.replace('.', '/') + ".class") != null;
    }

    private Process started() throws IOException {
        return new ProcessBuilder(List.of(
                        java.toString(),
                        // Its warnings go to standard output otherwise, which is for answers.
                        "-XX:+DisplayVMOutputToStderr",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WORKER,
                        folder.toString(),
                        Long.toString(ProcessHandle.current().pid())))
                .redirectError(folder.resolve(LOG).toFile())
                .start();
    }

    /** Starts the process again, after it was stopped. It has no vectors then. */
    public void restart() throws IOException {
        process = started();
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /**
     * Has a call answered.
     *
     * @throws InputException if the process has ended, or could not do it
     */
    public <T> T call(LuceneCall call, Arguments arguments, Results<T> results) throws IOException {
        return call(call, arguments, results, null).orElseThrow();
    }

    /**
     * Has a call answered within some seconds; the process is stopped otherwise.
     *
     * @return the results; empty if the process was stopped
     * @throws InputException if the process has ended, or could not do it
     */
    public <T> Optional<T> call(LuceneCall call, Arguments arguments, Results<T> results, @Nullable Double seconds)
            throws IOException {
        // Either the results are there, or the time is over.
        AtomicBoolean decided = new AtomicBoolean();
        ScheduledFuture<?> end = seconds == null
                ? null
                : watch.schedule(
                        () -> {
                            if (decided.compareAndSet(false, true)) {
                                process.destroyForcibly();
                            }
                        },
                        (long) (1000 * Math.max(0, seconds)),
                        TimeUnit.MILLISECONDS);
        try {
            out.writeUTF(call.name());
            arguments.write(out);
            out.flush();
            if (in.readByte() != LuceneCall.DONE) {
                throw new InputException("Lucene: " + in.readUTF());
            }
            T found = results.read(in);
            return decided.compareAndSet(false, true) ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            if (!decided.compareAndSet(false, true)) {
                return Optional.empty();
            }
            throw new InputException(interrupted ? "Interrupted" : "The process of Lucene has ended" + lastWords(), e);
        } finally {
            decided.set(true);
            if (end != null) {
                end.cancel(false);
            }
        }
    }

    /** Whether the process is about to end. */
    public boolean interrupted() {
        return interrupted;
    }

    /** Whether the process still answers. */
    public boolean works() {
        return !interrupted && process.isAlive();
    }

    /** Appends the last words of the process and its exit code to a sentence about it. */
    private String lastWords() {
        String code;
        try {
            code = process.waitFor(END_SECONDS, TimeUnit.SECONDS) ? " with exit code " + process.exitValue() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = "";
        }
        try {
            // What a crashing JVM prints may be in any character set.
            return code + lastWords(Files.readString(folder.resolve(LOG), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return code;
        }
    }

    /** The exception that a process printed, without the lines of its trace and warnings before it. */
    static String lastWords(String log) {
        return log.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !TRACE.matcher(line).lookingAt())
                .reduce((first, last) -> last)
                .map(line -> ": " + line)
                .orElse("");
    }

    /**
     * Ends the process, and removes its files. A process of ours that ends meanwhile waits for that.
     *
     * @throws IOException if files are left
     */
    @Override
    public synchronized void close() throws IOException {
        watch.shutdownNow();
        if (removed) {
            return;
        }
        removed = true;
        try {
            out.close();
        } catch (IOException e) {
            // It has ended already.
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The process ends already: the thread runs, and finds that nothing is left to do.
                interrupted = true;
            }
        }
        remove(folder);
    }

    private void interrupt() {
        interrupted = true;
        process.destroyForcibly();
        synchronized (this) {
            if (!removed) {
                removed = true;
                try {
                    process.waitFor();
                    remove(folder);
                    System.err.println("linfhash: The files of Lucene were removed.");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (IOException e) {
                    System.err.println("linfhash: Files of Lucene are left in " + folder + ".");
                }
            }
        }
    }

    /** Removes a folder with all that is in it. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
