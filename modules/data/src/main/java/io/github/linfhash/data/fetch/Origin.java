package io.github.linfhash.data.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where the beginning of a file came from.
 *
 * @param source the address that was asked
 * @param validator what the server calls this version of the file, a strong entity tag or a date: what {@code If-Range}
 *     takes; empty if it said nothing of the kind
 */
record Origin(String source, String validator) {
    /** The length of the text at most, in bytes. */
    static final int LONGEST = 1 << 14;

    private static final int LONGEST_VALIDATOR = 1000;

    static Origin of(URI source, Reply reply) {
        String tag = reply.field("ETag")
                .filter(value -> value.startsWith("\""))
                .orElseGet(() -> reply.field("Last-Modified").orElse(""));
        return new Origin(source.toString(), isPlain(tag) ? tag : "");
    }

    /** Whether the same address says that it has another version now. */
    boolean differs(Origin now) {
        return source.equals(now.source)
                && !validator.isEmpty()
                && !now.validator.isEmpty()
                && !validator.equals(now.validator);
    }

    /** Whether a text can stand in a header. */
    private static boolean isPlain(String text) {
        return text.length() <= LONGEST_VALIDATOR && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    String toText() {
        return source + "\n" + validator + "\n";
    }

    static Optional<Origin> parse(byte[] text) {
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        return lines.size() == 2 && isPlain(lines.get(1))
                ? Optional.of(new Origin(lines.get(0), lines.get(1)))
                : Optional.empty();
    }
}
