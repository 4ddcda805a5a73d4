package io.github.linfhash.io.program;

import java.util.Objects;

/**
 * The version and commit by which results name the program that made them.
 *
 * @param version of its artifacts
 * @param commit the commit it was built from; where files were changed since, or none is known, a hash of the code follows
 */
public record ProgramVersion(String version, String commit) {
    private static final String UNKNOWN = "unknown";
    private static final String DIRTY = "-dirty";
    private static final int HASH_DIGITS = 12;

    /**
     * Returns the version of this program; the launcher says the commit.
     *
     * @param codeHash that {@link CodeFingerprint} gives of the code that decides results
     */
    public static ProgramVersion of(String codeHash) {
        String said = Objects.requireNonNullElse(System.getenv("LINFHASH_COMMIT"), "");
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return new ProgramVersion(Objects.requireNonNullElse(version, "development"), commit(said, codeHash));
    }

    /** Whether two results of this commit were made by the same code. */
    public static boolean isExact(String commit) {
        return !commit.equals(UNKNOWN) && !commit.endsWith(DIRTY);
    }

    /** The name of code of which the launcher said a commit, or nothing. */
    static String commit(String said, String codeHash) {
        String name = said.isBlank() ? UNKNOWN : said;
        return isExact(name) ? name : name + "+" + codeHash.substring(0, HASH_DIGITS);
    }
}
