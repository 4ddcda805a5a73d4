package io.github.linfhash.io.files;

import io.github.linfhash.core.digest.Digests;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files that come from names in results, which may be anything. They are of lower-case letters, digits and hyphens of
 * ASCII, of at most 60 characters, and no name that a file system keeps for itself; two that differ in case alone are never given.
 */
public final class SafeName {
    private static final int LONGEST = 50;
    private static final int DIGITS = 8;

    private final Set<String> taken = new HashSet<>();

    /**
     * The name of a text: the text itself where it is such a name, else what of it can be in one, and digits of its hash.
     */
    public static String of(String text) {
        boolean fine = text.length() <= LONGEST
                && text.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
                && !text.matches("con|prn|aux|nul|com[0-9]|lpt[0-9]|index");
        if (fine) {
            return text;
        }
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String start = plain.substring(0, Math.min(LONGEST, plain.length()));
        String hash = Digests.sha256(text).substring(0, DIGITS);
        return start.isEmpty() ? hash : start + "-" + hash;
    }

    /** A name of a text that was not given before: with a number behind it where it was. */
    public String unique(String text) {
        String name = of(text);
        String next = name;
        for (int i = 2; !taken.add(next); i++) {
            next = name + "-" + i;
        }
        return next;
    }
}
