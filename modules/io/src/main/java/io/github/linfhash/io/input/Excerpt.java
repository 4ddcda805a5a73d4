package io.github.linfhash.io.input;

/** Untrusted text, fit for a message. */
public final class Excerpt {
    private static final int LONGEST = 40;

    private Excerpt() {}

    /** The text on one line, cut to 40 characters. */
    public static String of(CharSequence text) {
        String start = text.length() <= LONGEST ? text.toString() : text.subSequence(0, LONGEST) + "...";
        return start.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
