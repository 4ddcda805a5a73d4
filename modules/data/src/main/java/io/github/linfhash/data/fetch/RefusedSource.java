package io.github.linfhash.data.fetch;

import java.io.IOException;

/** An address that cannot give the file, however often it is asked; another one may. */
final class RefusedSource extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason what it did, as a part of a sentence */
    RefusedSource(String reason) {
        super(reason);
    }
}
