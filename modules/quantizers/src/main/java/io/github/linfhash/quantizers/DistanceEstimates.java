package io.github.linfhash.quantizers;

/** Estimated distances from queries to codes; immutable and safe for threads. */
public interface DistanceEstimates {
    /** Distances of one query. */
    @FunctionalInterface
    interface OfQuery {
        /**
         * The estimated distance to a code: a smaller one is nearer. Values order the codes for this query; they are in no unit
         * that two quantizers share, and may be negative.
         */
        float to(int code);
    }

    /** The number of queries. */
    int queries();

    /** Prepares one query. */
    OfQuery of(int query);
}
