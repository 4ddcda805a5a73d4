package io.github.linfhash.engines.process;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.input.Excerpt;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that answers one JSON object a line with another one, and its scratch folder. */
final class EngineProcess {
    private static final String INTERRUPTED = "Interrupted";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LOG = 1 << 16;
    private static final String LOG = "engine.log";
    private static final long END_SECONDS = 5;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Lines of a trace, and of a JVM itself, such as the warning of a module that incubates. */
    private static final Pattern TRACE = Pattern.compile("at |[.][.][.] \\d|#|WARNING:|OpenJDK .* warning:|Picked up ");

    private final String name;
    private final Command command;
    private final EngineArrays arrays;
    private final Process process;
    private final Thread atExit;
    private volatile List<ProcessHandle> started = List.of();
    private volatile boolean interrupted;
    private volatile boolean ending;
    private volatile boolean writing;
    private volatile String fault = "";
    private boolean removed = true;

    /** A command line that starts an engine. */
    @FunctionalInterface
    interface Command {
        /** Returns the words. What they need may be put into the scratch folder and into the environment. */
        List<String> in(Path folder, Map<String, String> environment) throws IOException;

        /** Advice for a user whose program could not be started, or ended with some last words; may be empty. */
        default String advice(String lastWords) {
            return "";
        }
    }

    /**
     * Starts a process.
     *
     * @param name of the engine, for messages
     * @throws InputException if the program cannot be run
     */
    EngineProcess(String name, Command command) throws IOException {
        this.name = name;
        this.command = command;
        String stem = name.replaceAll(".*[/\\\\]|[.]py$", "").replaceAll("[^A-Za-z0-9-]", "-");
        ProcessBuilder builder = new ProcessBuilder();
        // On Ctrl-C, which waits here until there is something to end.
        atExit = new Thread(this::interrupt, "end of an engine");
        synchronized (this) {
            try {
                Runtime.getRuntime().addShutdownHook(atExit);
            } catch (IllegalStateException e) {
                throw new InputException(INTERRUPTED, e);
            }
            arrays = new EngineArrays(Files.createTempDirectory("linfhash-" + stem + "-"));
            try {
                builder.command(command.in(arrays.folder(), builder.environment()));
                process = builder.redirectError(arrays.folder().resolve(LOG).toFile())
                        .start();
                removed = false;
            } catch (IOException | RuntimeException e) {
                arrays.remove();
                forgetExit();
                if (!(e instanceof IOException) || builder.command().isEmpty()) {
                    throw e;
                }
                throw new InputException(
                        "The program " + builder.command().get(0) + " of " + name + " cannot be run"
                                + command.advice(""),
                        e);
            }
        }
        // Servers that outlive it would keep the pipe of its answers open.
        CompletableFuture<Void> unused =
                process.onExit().thenRun(() -> started.forEach(ProcessHandle::destroyForcibly));
    }

    /**
     * The scratch folder.
     *
     * @throws InputException after an interrupt, as nothing may be written any more
     */
    EngineArrays arrays() {
        requireUninterrupted();
        return arrays;
    }

    private void requireUninterrupted() {
        if (interrupted) {
            throw new InputException(INTERRUPTED);
        }
    }

    /** The process and those that it has started. */
    List<ProcessHandle> handles() {
        return Stream.concat(Stream.of(process.toHandle()), started.stream()).toList();
    }

    /**
     * Has a call answered within some seconds; the process is ended otherwise.
     *
     * @return the answer; empty if the process was ended
     * @throws InputException if the process has ended by itself, wrote something else, or says that it cannot do it
     */
    Optional<Answer> call(String call, Map<String, ?> fields, double seconds) {
        requireUninterrupted();
        // Either the answer is there, or the time is over.
        AtomicBoolean decided = new AtomicBoolean();
        CompletableFuture<Void> limit = new CompletableFuture<Void>()
                .completeOnTimeout(null, (long) (1000 * Math.max(0, seconds)), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> unused = limit.thenRunAsync(() -> {
            if (decided.compareAndSet(false, true)) {
                end();
            }
        });
        Map<String, Object> request = new LinkedHashMap<>(Map.of("call", call));
        request.putAll(fields);
        byte[] line;
        try {
            write(JSON.writeValueAsBytes(request));
            line = line();
        } catch (IOException e) {
            if (!decided.compareAndSet(false, true)) {
                return Optional.empty();
            }
            throw new InputException(
                    interrupted ? INTERRUPTED : "The process of " + name + " ended in \"" + call + "\"" + lastWords(),
                    e);
        } finally {
            limit.cancel(false);
        }
        if (!decided.compareAndSet(false, true)) {
            return Optional.empty();
        }
        started = process.descendants().toList();
        return Optional.of(answer(call, line));
    }

    private void write(byte[] request) throws IOException {
        writing = true;
        try {
            if (ending) {
                throw new IOException("it is being ended");
            }
            OutputStream out = process.getOutputStream();
            out.write(request);
            out.write('\n');
            out.flush();
        } finally {
            writing = false;
        }
    }

    private byte[] line() throws IOException {
        InputStream in = process.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("no answer");
            }
            // One byte more shows that it is too long.
            if (line.size() <= MOST_BYTES) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    private Answer answer(String call, byte[] line) {
        JsonNode json;
        try {
            json = line.length > MOST_BYTES ? MissingNode.getInstance() : JSON.readTree(line);
        } catch (IOException e) {
            json = MissingNode.getInstance();
        }
        Answer answer = new Answer(name, call, json, arrays);
        if (!json.isObject()) {
            // Which line answers which call is not known any more.
            end();
            throw answer.wrong("one JSON object on a line of at most 1 MB", shown(line));
        }
        if (json.has("error")) {
            throw new InputException(name + ", \"" + call + "\": " + answer.text("error"));
        }
        return answer;
    }

    private static String shown(byte[] line) {
        return "'" + Excerpt.of(new String(line, StandardCharsets.UTF_8)) + "'";
    }

    /** Whether the process is about to end by Ctrl-C. */
    boolean interrupted() {
        return interrupted;
    }

    /** Whether the process still answers. */
    boolean works() {
        return !ending && process.isAlive();
    }

    /** The exit code and the last words of the process, behind a sentence that says that it has ended. */
    private String lastWords() {
        try {
            String code =
                    process.waitFor(END_SECONDS, TimeUnit.SECONDS) ? " with exit code " + process.exitValue() : "";
            // What a crashing program prints may be in any character set.
            String words = lastWords(new String(end(arrays.folder().resolve(LOG)), StandardCharsets.ISO_8859_1));
            return code + words + (words.isEmpty() ? "" : command.advice(words));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (IOException e) {
            return ", and its log cannot be read (" + FileFailure.reason(e) + ")";
        }
    }

    private static byte[] end(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log);
                InputStream in = Channels.newInputStream(channel.position(Math.max(0, channel.size() - MOST_LOG)))) {
            return in.readNBytes(MOST_LOG);
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

    /** Ends the process by the end of its input, or else by force. */
    private synchronized void end() {
        ending = true;
        List<ProcessHandle> all =
                Stream.concat(handles().stream(), process.descendants()).toList();
        boolean working = process.isAlive();
        if (writing) {
            // It does not read, and whoever writes holds the stream, which could not be closed.
            working = false;
            all.forEach(ProcessHandle::destroyForcibly);
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Its end of the pipe is closed: it ends already.
            working = false;
        }
        try {
            boolean ended = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            if (working && (!ended || Files.exists(arrays.folder()))) {
                fault = "expected the process to " + (ended ? "remove its scratch folder" : "end within 5 s")
                        + " after the end of its standard input, found that it did not";
            }
            all.forEach(ProcessHandle::destroyForcibly);
            // What still runs could write into the folder.
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .completeOnTimeout(null, END_SECONDS, TimeUnit.SECONDS)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sentence about what the process did not do at the end of its input; empty for nothing. */
    String fault() {
        return fault;
    }

    /** Ends the process and removes its folder, once; returns a sentence about what is left, or an empty text. */
    synchronized String close() {
        if (removed) {
            return "";
        }
        removed = true;
        end();
        forgetExit();
        try {
            arrays.remove();
            return "";
        } catch (IOException e) {
            return "Files of " + name + " are left in " + arrays.folder() + ": " + FileFailure.reason(e);
        }
    }

    private void forgetExit() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This process ends, and the thread finds that nothing is left to do.
            interrupted = true;
        }
    }

    private void interrupt() {
        interrupted = true;
        synchronized (this) {
            if (!removed) {
                String left = close();
                System.err.println(
                        "linfhash: " + (left.isEmpty() ? "The files of " + name + " were removed" : left) + ".");
            }
        }
    }
}
