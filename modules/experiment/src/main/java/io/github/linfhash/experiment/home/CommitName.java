package io.github.linfhash.experiment.home;

/**
 * What results call the code that made them: a commit. Where files were changed since the commit, or none is known, a hash
 * of the code follows it.
 */
public final class CommitName {
    private static final String UNKNOWN = "unknown";
    private static final String DIRTY = "-dirty";
    private static final int HASH_DIGITS = 12;

    private CommitName() {}

    /** Whether two results of this name were made by the same code. */
    public static boolean isExact(String name) {
        return !name.equals(UNKNOWN) && !name.endsWith(DIRTY);
    }

    /** The name of code of which the launcher said a commit, or nothing. */
    static String of(String said, String codeHash) {
        String name = said.isBlank() ? UNKNOWN : said;
        return isExact(name) ? name : name + "+" + codeHash.substring(0, HASH_DIGITS);
    }
}
