package io.github.linfhash.results.claims;

import java.util.List;

/**
 * A claim with what was measured of it.
 *
 * @param claim the claim
 * @param verdict what the results say
 * @param reason why, as part of a sentence
 * @param comparisons what the verdict rests on
 */
public record ClaimResult(Claim claim, ClaimVerdict verdict, String reason, List<ClaimComparison> comparisons) {
    public ClaimResult {
        comparisons = List.copyOf(comparisons);
    }

    /** The verdict of measured results on a claim. */
    public enum ClaimVerdict {
        HOLDS("holds"),
        DOES_NOT_HOLD("does not hold"),
        UNDECIDED("cannot be decided");

        private final String text;

        ClaimVerdict(String text) {
            this.text = text;
        }

        /** Returns the text for people. */
        public String text() {
            return text;
        }
    }
}
