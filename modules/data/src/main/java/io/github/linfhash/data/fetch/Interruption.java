package io.github.linfhash.data.fetch;

import java.io.IOException;
import java.time.Duration;

/** A fault that may pass: the server is busy, or the connection broke. */
final class Interruption extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Duration wait;

    /** @param reason what happened, as a part of a sentence */
    Interruption(String reason) {
        this(reason, Duration.ZERO);
    }

    /** @param wait how long the server asks to be left alone */
    Interruption(String reason, Duration wait) {
        super(reason);
        this.reason = reason;
        this.wait = wait;
    }

    /** What happened, as a part of a sentence. */
    String reason() {
        return reason;
    }

    Duration asked() {
        return wait;
    }
}
