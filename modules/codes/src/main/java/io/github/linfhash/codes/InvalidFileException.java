package io.github.linfhash.codes;

import java.io.IOException;

/** A file is not what it has to be: the message is one sentence that names the file, what was expected and what was found. */
public final class InvalidFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidFileException(String sentence) {
        super(sentence);
    }

    public InvalidFileException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
