package io.github.linfhash.protocols.input;

/** Untrusted text in messages. */
public final class Words {
    private static final int LONGEST = 40;

    private Words() {}

    /** A text without control characters, cut where it gets long. */
    public static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
    }
}
