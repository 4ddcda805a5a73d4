package io.github.linfhash.data.fetch;

import io.github.linfhash.data.fetch.FaultyServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Answers of web servers, right and wrong. */
final class Answers {
    private static final int SLICE = 1 << 16;

    private Answers() {}

    /** The file, or the part that is asked for; all of it if {@code If-Range} names another entity tag. */
    static Answer file(byte[] content, String tag) {
        return (request, out) -> {
            String range = request.field("range");
            String condition = request.field("if-range");
            boolean whole = range.isEmpty() || (!condition.isEmpty() && !condition.equals(tag));
            if (whole) {
                send(out, "200 OK", "ETag: " + tag, content);
            } else {
                part(content, tag).to(request, out);
            }
        };
    }

    /** The part that is asked for, whatever {@code If-Range} says. */
    static Answer part(byte[] content, String tag) {
        return (request, out) -> {
            int start = Integer.parseInt(request.field("range").replaceAll("\\D", ""));
            send(
                    out,
                    "206 Partial Content",
                    "ETag: " + tag + "\r\nContent-Range: bytes " + start + "-" + (content.length - 1) + "/"
                            + content.length,
                    Arrays.copyOfRange(content, start, content.length));
        };
    }

    /** The whole file, whatever part is asked for, and no word about versions. */
    static Answer whole(byte[] content) {
        return (request, out) -> send(out, "200 OK", "Server: deaf", content);
    }

    /** An answer that claims another length than it has. */
    static Answer claiming(long length, byte[] content) {
        return (request, out) -> {
            head(out, "200 OK", "ETag: \"1\"\r\nContent-Length: " + length);
            out.write(content);
        };
    }

    /** An answer without a length, which ends with the connection. */
    static Answer unbounded(byte[] content) {
        return (request, out) -> {
            head(out, "200 OK", "ETag: \"1\"");
            out.write(content);
        };
    }

    /** The beginning of a file, and then nothing, for as long as the client waits. */
    static Answer stalling(byte[] content, int sent) {
        return (request, out) -> {
            head(out, "200 OK", "ETag: \"1\"\r\nContent-Length: " + content.length);
            out.write(content, 0, sent);
            out.flush();
            LockSupport.parkNanos(5_000_000_000L);
        };
    }

    /** As {@link #file}, 64 KiB every 25 ms. */
    static Answer slow(byte[] content, String tag) {
        return (request, out) -> file(content, tag).to(request, new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                for (int sent = 0; sent < length; sent += SLICE) {
                    out.write(bytes, from + sent, Math.min(SLICE, length - sent));
                    out.flush();
                    LockSupport.parkNanos(25_000_000L);
                }
            }
        });
    }

    /** Returns an answer whose connection breaks after so many bytes of the content. */
    static Answer breaking(Answer whole, int most) {
        return (request, out) -> whole.to(request, new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, Math.min(most, length));
                out.flush();
                if (length > most) {
                    throw new IOException("the connection breaks");
                }
            }
        });
    }

    /** A byte every 20 ms. */
    static Answer trickling(byte[] content) {
        return (request, out) -> {
            head(out, "200 OK", "Content-Length: " + content.length);
            for (byte b : content) {
                out.write(b);
                out.flush();
                LockSupport.parkNanos(20_000_000L);
            }
        };
    }

    /** Nothing at all, for as long as the client waits. */
    static Answer silence() {
        return (request, out) -> LockSupport.parkNanos(5_000_000_000L);
    }

    static Answer status(String status, String fields) {
        return (request, out) -> send(out, status, fields, new byte[0]);
    }

    static Answer redirect(String location) {
        return status("302 Found", "Location: " + location);
    }

    private static void send(OutputStream out, String status, String fields, byte[] content) throws IOException {
        head(out, status, fields + "\r\nContent-Length: " + content.length);
        out.write(content);
        out.flush();
    }

    private static void head(OutputStream out, String status, String fields) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + fields + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
