package io.github.linfhash.results.regression;

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
    static Verdict moved(String metric, boolean up) {
        return switch (metric.replaceFirst("@.*", "")) {
            case "emptyBalls", "quantisation" -> up ? CHANGED_WORSE : CHANGED_BETTER;
            case "uniqueCodes" -> CHANGED;
            default -> up ? CHANGED_BETTER : CHANGED_WORSE;
        };
    }
}
