package io.github.linfhash.data.fetch;

import java.io.IOException;

/** Nobody gave the file. The message is one sentence for the user; what was fetched so far is kept for the next time. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    FetchException(String sentence) {
        super(sentence);
    }
}
