package io.github.linfhash.core.errors;

import java.io.IOException;

/** A file that no address gave. The message is one sentence for the user. */
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String sentence) {
        super(sentence);
    }
}
