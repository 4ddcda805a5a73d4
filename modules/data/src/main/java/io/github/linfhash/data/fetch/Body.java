package io.github.linfhash.data.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, as they come; a server that sends next to nothing for too long is an error.
 *
 * <p>No more than one batch of buffers is asked for ahead, so a fast server cannot fill the memory.
 */
final class Body implements AutoCloseable {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private final Duration stall;
    private long deadline;
    private long sinceThen;

    /** @param stall within how long at least {@link Patience#LEAST_BYTES} must come */
    Body(Flow.Publisher<List<ByteBuffer>> source, Duration stall) {
        this.stall = stall;
        begin();
        source.subscribe(new Listener());
    }

    /** What the network says: bytes, that there are no more, or a fault. */
    private record Event(
            List<ByteBuffer> bytes, boolean end, @Nullable Throwable fault) {}

    private final class Listener implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.set(given);
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {
            events.add(new Event(bytes, false, null));
        }

        @Override
        public void onError(Throwable fault) {
            events.add(new Event(List.of(), true, fault));
        }

        @Override
        public void onComplete() {
            events.add(new Event(List.of(), true, null));
        }
    }

    private void begin() {
        deadline = System.nanoTime() + stall.toNanos();
        sinceThen = 0;
    }

    /**
     * The next bytes; an empty list at the end.
     *
     * @throws Interruption if the server stalls, or the connection breaks
     */
    List<ByteBuffer> next() throws IOException {
        while (true) {
            Event event = poll();
            if (System.nanoTime() > deadline) {
                if (sinceThen < Patience.LEAST_BYTES) {
                    throw new Interruption("sent " + sinceThen + " bytes in " + seconds());
                }
                begin();
            }
            if (event == null) {
                continue;
            }
            if (event.fault() != null) {
                throw new Interruption("broke off (" + reason(event.fault()) + ")");
            }
            if (event.end()) {
                return List.of();
            }
            sinceThen += event.bytes().stream().mapToLong(ByteBuffer::remaining).sum();
            request();
            if (!event.bytes().isEmpty()) {
                return event.bytes();
            }
        }
    }

    private void request() {
        Flow.Subscription source = subscription.get();
        if (source != null) {
            source.request(1);
        }
    }

    private @Nullable Event poll() throws IOException {
        try {
            return events.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download was interrupted");
        }
    }

    private String seconds() {
        return stall.toMillis() < 1000 ? stall.toMillis() + " ms" : stall.toSeconds() + " s";
    }

    private static String reason(Throwable fault) {
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        Flow.Subscription source = subscription.get();
        if (source != null) {
            source.cancel();
        }
    }
}
