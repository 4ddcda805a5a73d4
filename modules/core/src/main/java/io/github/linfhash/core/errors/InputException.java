package io.github.linfhash.core.errors;

/**
 * Input that the program cannot use: a file, an option, a protocol, a code matrix.
 *
 * <p>The message is one sentence for the user that says what is wrong, where, what was expected and what was found.
 * The program prints it without a stack trace and ends with exit code 2. What it quotes may be anything, so characters
 * that would steer a terminal are replaced by question marks, and the middle of a very long sentence is left out.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_START = 1000;
    private static final int LONGEST_END = 400;
    private static final String GAP = " ... ";

    public InputException(String sentence) {
        super(plain(sentence));
    }

    public InputException(String sentence, Throwable cause) {
        super(plain(sentence), cause);
    }

    private static String plain(String sentence) {
        int[] characters = PlainText.line(sentence).codePoints().toArray();
        if (characters.length <= LONGEST_START + GAP.length() + LONGEST_END) {
            return new String(characters, 0, characters.length);
        }
        return new String(characters, 0, LONGEST_START)
                + GAP
                + new String(characters, characters.length - LONGEST_END, LONGEST_END);
    }
}
