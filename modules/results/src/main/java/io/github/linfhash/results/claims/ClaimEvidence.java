package io.github.linfhash.results.claims;

import io.github.linfhash.results.schema.QueryValues;
import io.github.linfhash.results.schema.Results;

/**
 * What claims are tested on.
 *
 * @param results means over the queries, by seed
 * @param queries the values behind them
 */
public record ClaimEvidence(Results results, QueryValues queries) {
    /** Results of which no single queries are known. */
    public static ClaimEvidence without(Results results) {
        return new ClaimEvidence(results, QueryValues.NONE);
    }
}
