package io.github.linfhash.core.results;

/** How protocols may be called: as their files are, without the ending. */
public final class ProtocolName {
    /** The characters of a name, for messages. */
    public static final String FORM = "letters, digits, '_' and '-', first a letter or a digit";

    private ProtocolName() {}

    /** Whether a text may name a protocol: of {@value #FORM}, all of ASCII. */
    public static boolean is(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9_-]*");
    }
}
