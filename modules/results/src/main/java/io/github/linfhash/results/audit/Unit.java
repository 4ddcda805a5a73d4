package io.github.linfhash.results.audit;

/** What the numbers of a table are. */
public enum Unit {
    /** Within 0..100. */
    PERCENT,
    /** Within 0..1. */
    FRACTION
}
