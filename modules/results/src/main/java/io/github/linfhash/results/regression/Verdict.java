package io.github.linfhash.results.regression;

import io.github.linfhash.core.evaluation.Quantity.Direction;

/** What a check found. */
public enum Verdict {
    OK("OK"),
    /** Moved to the better: no pass, for a leak looks like this. */
    CHANGED_BETTER("CHANGED better"),
    CHANGED_WORSE("CHANGED worse"),
    /** Moved, and neither way is better. */
    CHANGED("CHANGED"),
    /** Expected, not measured. */
    MISSING("MISSING"),
    /** Measured, not expected. */
    NEW("NEW");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** Its name for people. */
    public String text() {
        return text;
    }

    /** The verdict on a metric that moved beyond its tolerance. */
    static Verdict moved(Direction better, boolean up) {
        return switch (better) {
            case HIGHER -> up ? CHANGED_BETTER : CHANGED_WORSE;
            case LOWER -> up ? CHANGED_WORSE : CHANGED_BETTER;
            case NONE -> CHANGED;
        };
    }
}
