package io.github.linfhash.protocols.split;

/** What becomes of rows that are exact or near duplicates of each other where a split would part them. */
public enum DuplicateRule {
    /** Nothing: queries may have duplicates in the database. */
    KEEP,
    /** The database and the training rows lose what is a duplicate of a query. */
    DROP,
    /**
     * All rows of a group of duplicates are on one side. A group is drawn as its first row; a group that is drawn as a query
     * is that query, and its other rows have no part, so that each split has the same number of queries.
     */
    GROUP
}
