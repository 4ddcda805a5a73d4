package io.github.linfhash.data.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One attempt to get the rest of a file from one address.
 *
 * @param part what there is of the file
 * @param size the whole file's size in bytes; no more is ever written
 * @param forward told how many bytes there are
 */
record Transfer(Web web, PartFile part, long size, Forward forward) {
    /**
     * Asks for what is missing and adds it.
     *
     * @throws RefusedSource if the address cannot give this file
     * @throws java.nio.file.FileSystemException if the disk has a fault
     * @throws IOException if it may go better the next time
     */
    void attempt(URI source) throws IOException {
        if (part.size() > size) {
            part.restart();
        }
        if (part.size() == size) {
            return;
        }
        try (Reply reply = web.get(source, request(source))) {
            accept(reply, source);
            stream(reply.body());
        }
        if (part.size() < size) {
            throw new Interruption("ended after " + part.size() + " of " + size + " bytes");
        }
    }

    private Map<String, String> request(URI source) throws IOException {
        Map<String, String> fields = new HashMap<>();
        if (part.size() > 0) {
            fields.put("Range", "bytes=" + part.size() + "-");
            part.origin()
                    .filter(origin -> origin.source().equals(source.toString()))
                    .map(Origin::validator)
                    .filter(validator -> !validator.isEmpty())
                    .ifPresent(validator -> fields.put("If-Range", validator));
        }
        return fields;
    }

    /** Decides by the answer's header whether its bytes are the missing ones, all of them, or none. */
    private void accept(Reply reply, URI source) throws IOException {
        int status = reply.status();
        if (status == 206) {
            acceptPart(reply, source);
        } else if (status == 200) {
            requireSize(reply.length().orElse(size));
            part.restart();
            part.note(Origin.of(source, reply));
        } else if (status == 416) {
            part.restart();
            throw new Interruption("has no more of the file (HTTP 416)");
        } else if (status == 408 || status == 429 || status >= 500) {
            throw new Interruption("is busy or broken (HTTP " + status + ")", reply.retryAfter());
        } else {
            throw new RefusedSource("does not give it (HTTP " + status + ")");
        }
    }

    private void acceptPart(Reply reply, URI source) throws IOException {
        Reply.Range range =
                reply.range().orElseThrow(() -> new RefusedSource("sends a part of the file without saying which"));
        requireSize(range.total().orElse(size));
        Origin now = Origin.of(source, reply);
        boolean changed = part.origin().filter(before -> before.differs(now)).isPresent();
        if (range.start() != part.size() || changed) {
            part.restart();
            throw new Interruption(changed ? "has changed the file meanwhile" : "sends another part than asked for");
        }
        if (part.size() == 0) {
            part.note(now);
        } else {
            part.resume();
        }
    }

    private void requireSize(long offered) throws RefusedSource {
        if (offered != size) {
            throw new RefusedSource("offers another file (expected " + size + " bytes, found " + offered + ")");
        }
    }

    private void stream(Body body) throws IOException {
        for (List<ByteBuffer> bytes = body.next(); !bytes.isEmpty(); bytes = body.next()) {
            long count = bytes.stream().mapToLong(ByteBuffer::remaining).sum();
            if (count > size - part.size()) {
                part.restart();
                throw new RefusedSource("sends more than the " + size + " bytes of the file");
            }
            part.append(bytes);
            forward.reach(part.size());
        }
    }
}
