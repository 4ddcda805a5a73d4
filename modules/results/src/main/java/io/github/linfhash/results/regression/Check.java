package io.github.linfhash.results.regression;

import java.util.Optional;

/**
 * One thing that was held against what is expected.
 *
 * @param subject what
 * @param numbers the numbers, if it is about a number
 * @param verdict what was found
 * @param note what to know of it; may be empty
 */
public record Check(Subject subject, Optional<Numbers> numbers, Verdict verdict, String note) {
    /**
     * The numbers of a metric, means over the seeds that both sides have.
     *
     * @param expected what was expected
     * @param measured what was measured
     * @param tolerance how far they may be apart
     */
    public record Numbers(double expected, double measured, double tolerance) {
        boolean agree() {
            return Math.abs(measured - expected) <= tolerance;
        }
    }

    static Check of(Subject subject, Verdict verdict, String note) {
        return new Check(subject, Optional.empty(), verdict, note);
    }

    /** A check that two hashes are the same. */
    static Check ofHashes(Subject subject, String expected, String measured) {
        return expected.equals(measured)
                ? of(subject, Verdict.OK, "")
                : of(
                        subject,
                        Verdict.CHANGED,
                        "expected the hash " + expected.substring(0, 12) + ", found " + measured.substring(0, 12));
    }

    public boolean ok() {
        return verdict == Verdict.OK;
    }
}
