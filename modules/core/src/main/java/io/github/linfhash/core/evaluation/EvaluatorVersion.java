package io.github.linfhash.core.evaluation;

/**
 * The version of everything in this program that turns codes into numbers. Results name it, and numbers of two versions are
 * never ranked against each other.
 */
public final class EvaluatorVersion {
    /**
     * Today's version. Raise it by one in the same change that lets equal codes, under an equal protocol file, get another
     * number for a metric that was there before: another definition, a repaired mistake in counting, other tie handling, other
     * random draws of splits that the hash of the protocol does not tell. It stays for a new metric, for speed, for another
     * order of sums that moves last bits alone, for whatever changes codes but not how they are measured, and where the numbers
     * of some protocols alone move and the hash of these tells it. CHANGELOG.md says of each version what moved and why.
     */
    public static final int CURRENT = 1;

    private EvaluatorVersion() {}
}
