package io.github.linfhash.data.fetch;

import io.github.linfhash.data.fetch.FaultyServer.Answer;
import io.github.linfhash.data.fetch.FaultyServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program that serves the files of a folder on the loopback interface, each under the fault that the first part of the
 * address names, such as {@code /stalls/NAME}. It prints its port and then every request, and runs until it is ended.
 * Started by ci/downloads.sh.
 */
final class FaultsByPath {
    /** The number of bytes that truncating and stalling answers send: a fifth of the sample. */
    private static final int PART = 1 << 20;

    private static final String TAG = "\"1\"";

    private FaultsByPath() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        try (FaultyServer server = FaultyServer.answering((request, out) -> serve(folder, request, out))) {
            say("port " + server.port());
            Thread.currentThread().join();
        }
    }

    private static void serve(Path folder, Request request, OutputStream out) throws IOException {
        say(request.target() + " " + request.field("range"));
        String[] parts = request.target().split("/", -1);
        byte[] content = Files.readAllBytes(folder.resolve(parts[2]));
        answer(parts[1], content, request).to(request, out);
    }

    private static Answer answer(String fault, byte[] content, Request request) {
        byte[] other = content.clone();
        other[other.length / 2] ^= 1;
        byte[] beginning = Arrays.copyOf(content, Math.min(content.length, PART));
        boolean first = request.field("range").isEmpty();
        return switch (fault) {
            case "fine" -> Answers.file(content, TAG);
            case "slow" -> Answers.slow(content, TAG);
            case "truncates" -> first ? Answers.claiming(content.length, beginning) : Answers.file(content, TAG);
            case "stalls" -> first ? Answers.stalling(content, beginning.length) : Answers.file(content, TAG);
            case "ranges-unknown" -> first ? Answers.claiming(content.length, beginning) : Answers.whole(content);
            case "says-nothing" -> Answers.silence();
            case "shorter" -> Answers.claiming(content.length - 1L, content);
            case "longer" -> Answers.claiming(content.length + 1L, content);
            case "endless" -> Answers.unbounded(Arrays.copyOf(content, 4 * content.length));
            case "wrong" -> Answers.file(other, TAG);
            case "file-scheme" -> Answers.redirect("file:///etc/passwd");
            case "ftp-scheme" -> Answers.redirect("ftp://localhost/f");
            case "in-circles" -> Answers.redirect(request.target());
            case "busy" -> Answers.status("503 Service Unavailable", "Retry-After: 1");
            default -> Answers.status("404 Not Found", "Server: empty");
        };
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
