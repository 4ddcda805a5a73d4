package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.Relevance;

/**
 * One retrieval experiment: the codes, and the distance histograms of its queries.
 *
 * @param queries the query codes
 * @param database the database codes
 * @param histograms the counts of the scan of the one against the other
 */
public record Retrieval(BinaryCodes queries, BinaryCodes database, DistanceHistograms histograms) {
    /** Scans the database for each query. */
    public static Retrieval of(BinaryCodes queries, BinaryCodes database, Relevance relevance) {
        return new Retrieval(queries, database, HammingScan.scan(queries, database, relevance));
    }
}
