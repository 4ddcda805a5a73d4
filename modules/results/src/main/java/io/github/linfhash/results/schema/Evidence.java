package io.github.linfhash.results.schema;

import io.github.linfhash.results.schema.Results.QueryValues;

/**
 * Results with the values of single queries behind them, as intervals and tests need them.
 *
 * @param results means over the queries, by seed
 * @param queries the values behind them
 */
public record Evidence(Results results, QueryValues queries) {
    /** Results of which no single queries are known. */
    public static Evidence without(Results results) {
        return new Evidence(results, QueryValues.NONE);
    }
}
