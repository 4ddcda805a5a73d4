package io.github.linfhash.data.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's answer.
 *
 * @param status HTTP's status code
 * @param header the fields of its header
 * @param body to be closed with the answer
 */
record Reply(int status, HttpHeaders header, Body body) implements AutoCloseable {
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:(\\d{1,18})|\\*)");

    boolean redirects() {
        return REDIRECTIONS.contains(status);
    }

    Optional<String> field(String name) {
        return header.firstValue(name);
    }

    /** How many bytes the answer says to have; empty if it does not say. */
    OptionalLong length() {
        return field("Content-Length")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /**
     * A part of a file.
     *
     * @param start its first byte
     * @param total the size of the whole file; empty if the server does not say
     */
    record Range(long start, OptionalLong total) {}

    /** Which part of the file the answer holds; empty if it does not say so in the one way that is allowed. */
    Optional<Range> range() {
        return field("Content-Range")
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .map(found -> new Range(
                        Long.parseLong(found.group(1)),
                        found.group(2) == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(Long.parseLong(found.group(2)))));
    }

    /** How long the server asks to be left alone. */
    Duration retryAfter() {
        return field("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        body.close();
    }
}
