package io.github.linfhash.results.claims;

/** What measured results say of a claim. */
public enum ClaimVerdict {
    HOLDS("holds"),
    DOES_NOT_HOLD("does not hold"),
    UNDECIDED("cannot be decided");

    private final String text;

    ClaimVerdict(String text) {
        this.text = text;
    }

    /** What people read. */
    public String text() {
        return text;
    }
}
