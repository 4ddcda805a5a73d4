package io.github.linfhash.core.method;

import io.github.linfhash.codes.BinaryCodes;

/**
 * A hash function whose publication ranks codes by another distance than Hamming's. Comparisons rank all codes by the Hamming
 * distance; the metric {@link io.github.linfhash.core.evaluation.StandardMetrics#OWN_MAP} ranks by this one.
 */
public interface MethodDistance extends HashFunction {
    /**
     * The distances between a query's code and all codes of a database, of which only the order counts.
     *
     * @return one distance for each code of the database; infinite where codes share nothing by which they could be near
     * @throws IllegalArgumentException if the codes are of different lengths
     */
    float[] distances(BinaryCodes queries, int query, BinaryCodes database);
}
