package io.github.linfhash.engines.watch;

import java.util.Locale;

/** The cause of an alarm, as it is printed. */
public enum AlarmCause {
    /** Candidates by their codes miss neighbors. */
    CODES,
    /** The search of the index misses candidates. */
    GRAPH,
    /** The search misses rows, and uses no index. */
    SEARCH,
    /** A search with a filter ends before enough rows match. */
    FILTER,
    /** Queries are unlike those of the first look. */
    QUERIES_MOVED,
    /** Rows are unlike those of the first look. */
    VECTORS_MOVED,
    /** Searches return fewer rows than asked for. */
    TOO_FEW_ROWS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
