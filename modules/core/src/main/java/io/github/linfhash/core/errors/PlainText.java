package io.github.linfhash.core.errors;

/**
 * Text from anywhere, made fit for a terminal: characters that would steer it, or that nobody would see, are replaced by
 * question marks. Letters of all languages stay.
 */
public final class PlainText {
    private static final int REPLACEMENT = '?';

    private PlainText() {}

    /** The text in one line: what would break it is replaced too. */
    public static String line(String text) {
        return plain(text, false);
    }

    /** The text in as many lines as it has: line ends and tabs stay. */
    public static String lines(String text) {
        return plain(text, true);
    }

    private static String plain(String text, boolean keepLines) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            boolean stays = isPlain(character) || (keepLines && isLayout(text, at));
            plain.appendCodePoint(stays ? character : REPLACEMENT);
            at += Character.charCount(character);
        }
        return plain.toString();
    }

    /** A carriage return alone would go back to the beginning of the line and write over it. */
    private static boolean isLayout(String text, int at) {
        return text.charAt(at) == '\n' || text.charAt(at) == '\t' || text.startsWith("\r\n", at);
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
