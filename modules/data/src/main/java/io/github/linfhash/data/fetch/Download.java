package io.github.linfhash.data.fetch;

import io.github.linfhash.codes.files.WholeFile;
import io.github.linfhash.core.errors.UnavailableException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.manifest.DatasetFile;
import io.github.linfhash.data.manifest.WebAddress;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file from the first address that gives it, and only if it is the right one. What has come stays in a {@link
 * PartFile}: each further request, of this run or of another, asks for the rest.
 *
 * @param client follows no redirections by itself
 * @param log told why an attempt failed and what happens next
 */
record Download(HttpClient client, DatasetFetch.Options options, Progress progress, Consumer<String> log) {
    /** Fewer bytes than these within the timeout are no progress. */
    private static final int LEAST_BYTES = 1024;

    /** So many new bytes, and the attempts are counted from one again. */
    private static final long PROGRESS = 1 << 20;

    private static final int MOST_REDIRECTS = 5;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final long LONGEST_RETRY_AFTER = 120;
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern VALIDATOR = Pattern.compile("[ -~]{1,1000}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    /** Why an address does not give the file, as a part of a sentence. */
    private static class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /** A fault that may pass: the server is busy, or the connection broke. */
    private static final class TransientException extends RefusedException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        TransientException(String reason, Duration retryAfter) {
            super(reason);
            this.retryAfter = retryAfter;
        }

        TransientException(String reason) {
            this(reason, Duration.ZERO);
        }
    }

    /**
     * Fetches a file, or the rest of it.
     *
     * @param file its size must be known
     * @param sources addresses, the best first
     * @param target its name once it is whole and checked
     * @throws UnavailableException if no address gives it
     * @throws FileSystemException if it cannot be written, or there is no room for it
     */
    void fetch(DatasetFile file, List<URI> sources, Path target) throws IOException {
        long size = Objects.requireNonNull(file.size());
        try (PartFile part = PartFile.open(target)) {
            part.requireRoom(size);
            try (Progress.Task task = progress.begin("fetching " + target.getFileName(), size)) {
                fetchFromOneOf(sources, new Rest(file, size, part, task));
                part.finish();
            } catch (InterruptedIOException e) {
                throw e; // an interrupted thread can do nothing more with the file
            } catch (UnavailableException e) {
                if (part.size() == 0) {
                    part.discard();
                }
                throw e;
            } catch (IOException e) {
                throw WholeFile.named(part.path(), e);
            }
        }
    }

    private void fetchFromOneOf(List<URI> sources, Rest rest) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (URI source : sources) {
            try {
                retry(source, rest);
                return;
            } catch (RefusedException e) {
                refusals.add(source + " " + e.getMessage());
                log.accept(source + " " + e.getMessage());
            }
        }
        throw new UnavailableException(rest.file.path()
                + " could not be fetched: expected it at one of its addresses, found that "
                + String.join("; that ", refusals));
    }

    /** Tries one address until the file is whole and right, or has failed too often without getting further. */
    private void retry(URI source, Rest rest) throws IOException {
        rest.failures = 0;
        while (true) {
            try {
                rest.attempt(source);
                return;
            } catch (TransientException e) {
                if (rest.failures >= options.attempts()) {
                    throw rest.failures == 1
                            ? e
                            : new RefusedException(e.getMessage() + ", " + rest.failures + " times in a row");
                }
                Duration delay = delay(rest.failures, e.retryAfter);
                log.accept(source + " " + e.getMessage() + "; trying again in " + inWords(delay) + " (attempt "
                        + (rest.failures + 1) + " of " + options.attempts() + ")");
                sleep(delay);
            }
        }
    }

    private static void sleep(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    /**
     * How long to wait after some failures: twice as long after each, up to 30 s; longer if the server asks for it.
     *
     * @param failures how many attempts failed in a row, at least 1
     */
    private Duration delay(int failures, Duration retryAfter) {
        Duration doubled = options.delay().multipliedBy(1L << Math.min(failures - 1, 10));
        Duration delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
        return delay.compareTo(retryAfter) > 0 ? delay : retryAfter;
    }

    private static String inWords(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    private static InterruptedIOException interrupted() {
        return new InterruptedIOException("the download was interrupted");
    }

    /** The missing rest of a file, wherever it comes from. */
    private final class Rest {
        private final DatasetFile file;
        private final long size;
        private final PartFile part;
        private final Progress.Task task;
        private long furthest;
        private int failures;

        Rest(DatasetFile file, long size, PartFile part, Progress.Task task) throws IOException {
            this.file = file;
            this.size = size;
            this.part = part;
            this.task = task;
            reach(Math.min(part.size(), size));
        }

        /** The task goes forward, never back. */
        private void reach(long bytes) {
            if (bytes > furthest) {
                task.advance(bytes - furthest);
                furthest = bytes;
            }
        }

        /** Asks an address for what is missing, and checks the whole. */
        void attempt(URI source) throws IOException {
            long before = furthest;
            try {
                if (part.size() > size) {
                    part.restart();
                }
                if (part.size() < size) {
                    request(source);
                }
                if (part.size() < size) {
                    throw new TransientException("ended after " + part.size() + " of " + size + " bytes");
                }
                check();
            } catch (TransientException e) {
                failures = furthest >= before + PROGRESS ? 1 : failures + 1;
                throw e;
            }
        }

        private void check() throws IOException {
            Optional<String> difference = part.difference(file);
            if (difference.isPresent()) {
                boolean mixed = part.mixed();
                part.restart();
                if (mixed) {
                    throw new TransientException("gave parts that do not make the file (" + difference.get() + ")");
                }
                throw new RefusedException("sends another file (" + difference.get() + ")");
            }
        }

        private void request(URI source) throws IOException {
            URI address = source;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                HttpRequest.Builder request = HttpRequest.newBuilder(address)
                        .header("User-Agent", "linfhash")
                        .header("Accept-Encoding", "identity");
                if (part.size() > 0) {
                    request.header("Range", "bytes=" + part.size() + "-");
                    String validator = part.validator(source);
                    if (isValidator(validator)) {
                        request.header("If-Range", validator);
                    }
                }
                Optional<String> location = new Answer(source, this).await(request.build());
                if (location.isEmpty()) {
                    return;
                }
                address = redirected(address, location.get());
            }
            throw new RefusedException("redirects more than " + MOST_REDIRECTS + " times");
        }
    }

    /** Returns the server's validator of this version of a file, a strong entity tag or a date; empty if it gives none. */
    private static String validator(HttpHeaders header) {
        return header.firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> header.firstValue("Last-Modified"))
                .filter(Download::isValidator)
                .orElse("");
    }

    /** Whether a text can stand in a header. */
    private static boolean isValidator(String text) {
        return VALIDATOR.matcher(text).matches();
    }

    /** Where a redirection leads: to http and https alone, and never from https to http. */
    private static URI redirected(URI from, String location) throws RefusedException {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new RefusedException("redirects to an address that makes no sense");
        }
        if (!WebAddress.isOne(to)) {
            throw new RefusedException("redirects to something that is no plain web address (" + to.getScheme() + ")");
        }
        if (!"https".equalsIgnoreCase(to.getScheme()) && "https".equalsIgnoreCase(from.getScheme())) {
            throw new RefusedException("redirects from https to http");
        }
        return to;
    }

    /**
     * The answer to one request. The client calls it from its own threads; what comes after the outcome is dropped. (The
     * client's blocking stream is no alternative: where a connection breaks, it loses what has come.)
     */
    private final class Answer implements HttpResponse.BodyHandler<Void> {
        private final URI source;
        private final Rest rest;
        private final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        private final AtomicLong received = new AtomicLong();

        Answer(URI source, Rest rest) {
            this.source = source;
            this.rest = rest;
        }

        /**
         * Waits for the end of the answer.
         *
         * @return where the server redirects to; empty if it does not
         * @throws TransientException if the server says nothing or next to nothing for too long, or the connection breaks
         */
        Optional<String> await(HttpRequest request) throws IOException {
            CompletableFuture<HttpResponse<Void>> response = client.sendAsync(request, this);
            CompletableFuture<?> unused = response.whenComplete((whole, fault) -> end(fault));
            try {
                while (true) {
                    long before = received.get();
                    try {
                        return outcome.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
                    } catch (TimeoutException e) {
                        requireProgress(received.get() - before);
                    }
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted();
            } finally {
                end(null);
                response.cancel(true);
            }
        }

        private synchronized void end(@Nullable Throwable fault) {
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            if (cause == null) {
                outcome.complete(Optional.empty());
            } else if (cause instanceof ConnectException) {
                outcome.completeExceptionally(new TransientException("cannot be reached"));
            } else {
                String reason = cause instanceof IOException broken ? StrictInput.reason(broken) : cause.toString();
                outcome.completeExceptionally(new TransientException("broke off (" + reason + ")"));
            }
        }

        private void requireProgress(long bytes) throws TransientException {
            if (bytes < LEAST_BYTES) {
                String time = inWords(options.timeout());
                throw new TransientException(
                        received.get() == 0 ? "does not answer within " + time : "sent " + bytes + " bytes in " + time);
            }
        }

        /** Decides by the header whether the bytes are the missing ones, all of them, or none. */
        @Override
        public synchronized HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo head) {
            received.set(LEAST_BYTES); // the header is progress: the body has its own time
            try {
                if (!outcome.isDone()) {
                    accept(head.statusCode(), head.headers());
                }
            } catch (IOException e) {
                outcome.completeExceptionally(e);
            }
            return HttpResponse.BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::append));
        }

        private void accept(int status, HttpHeaders header) throws IOException {
            if (status == 206) {
                acceptPart(header);
            } else if (status == 200) {
                requireSize(header.firstValue("Content-Length").orElse(""));
                rest.part.restart();
                rest.part.note(source, validator(header));
            } else if (REDIRECTIONS.contains(status)) {
                outcome.complete(Optional.of(header.firstValue("Location")
                        .orElseThrow(() -> new RefusedException("redirects without saying where to"))));
            } else if (status == 416) {
                rest.part.restart();
                throw new TransientException("has no more of the file (HTTP 416)");
            } else if (status == 408 || status == 429 || status >= 500) {
                String seconds = header.firstValue("Retry-After").orElse("");
                long asked = NUMBER.matcher(seconds).matches() ? Long.parseLong(seconds) : 0;
                throw new TransientException(
                        "is busy or broken (HTTP " + status + ")",
                        Duration.ofSeconds(Math.min(asked, LONGEST_RETRY_AFTER)));
            } else {
                throw new RefusedException("does not give it (HTTP " + status + ")");
            }
        }

        private void acceptPart(HttpHeaders header) throws IOException {
            Matcher range = RANGE.matcher(header.firstValue("Content-Range").orElse(""));
            if (!range.matches()) {
                throw new RefusedException("sends a part of the file without saying which");
            }
            requireSize(range.group(2));
            String before = rest.part.validator(source);
            String now = validator(header);
            boolean changed = !before.isEmpty() && !now.isEmpty() && !before.equals(now);
            if (Long.parseLong(range.group(1)) != rest.part.size() || changed) {
                rest.part.restart();
                throw new TransientException(
                        changed ? "has changed the file meanwhile" : "sends another part than asked for");
            }
            if (rest.part.size() == 0) {
                rest.part.note(source, now);
            }
            rest.part.resume();
        }

        /** Anything but a number says nothing of the size. */
        private void requireSize(String offered) throws RefusedException {
            if (NUMBER.matcher(offered).matches() && Long.parseLong(offered) != rest.size) {
                throw new RefusedException(
                        "offers another file (expected " + rest.size + " bytes, found " + offered + ")");
            }
        }

        /** Adds bytes to the file, but never more than it has. */
        private synchronized void append(byte[] bytes) {
            if (outcome.isDone()) {
                return;
            }
            try {
                if (bytes.length > rest.size - rest.part.size()) {
                    rest.part.restart();
                    throw new RefusedException("sends more than the " + rest.size + " bytes of the file");
                }
                rest.part.append(bytes);
                rest.reach(rest.part.size());
                received.addAndGet(bytes.length);
            } catch (IOException e) {
                outcome.completeExceptionally(e);
            }
        }
    }
}
