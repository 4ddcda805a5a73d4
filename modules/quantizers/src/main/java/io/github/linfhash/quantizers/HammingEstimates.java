package io.github.linfhash.quantizers;

import io.github.linfhash.codes.BitPlanes;

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
