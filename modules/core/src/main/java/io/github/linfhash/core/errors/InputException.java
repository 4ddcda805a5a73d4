package io.github.linfhash.core.errors;

/**
 * Input that the program cannot use: a file, an option, a protocol, a code matrix.
 *
 * <p>The message is one sentence for the user that says what is wrong, where, what was expected and what was found.
 * The program prints it without a stack trace and ends with exit code 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String sentence) {
        super(sentence);
    }

    public InputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
