package io.github.linfhash.quantisers.codes;

import io.github.linfhash.quantisers.DistanceEstimates;

/**
 * Hamming distances between codes and the codes of queries.
 *
 * @param codes of the database
 * @param of the queries'
 */
public record HammingEstimates(BitPlanes codes, BitPlanes of) implements DistanceEstimates {
    @Override
    public int queries() {
        return of.size();
    }

    @Override
    public OfQuery of(int query) {
        return i -> codes.hamming(i, of, query);
    }
}
