package io.github.linfhash.spark.search;

import io.github.linfhash.codes.HammingNeighbors;

/**
 * The k nearest vectors of each query, nearest first, those of equal scores by ascending id.
 *
 * <p>A score is kept as a whole number that is smaller for a larger score, so that lists are merged as those of distances are. 0 and -0
 * are the same score.
 */
public final class ScoredNeighbors {
    private final HammingNeighbors byPlace;

    ScoredNeighbors(HammingNeighbors byPlace) {
        this.byPlace = byPlace;
    }

    /** The place of a score, which is no NaN, in the order from large ones to small ones. */
    static int place(float score) {
        // Bits of floats are in their order where they are positive, and in the reverse order where they are negative.
        int bits = Float.floatToRawIntBits(score + 0f);
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    private static float score(int place) {
        int ordered = ~place;
        return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
    }

    /** The number of queries, m. */
    public int queries() {
        return byPlace.queries();
    }

    /** The number of neighbors of each query, k. */
    public int perQuery() {
        return byPlace.perQuery();
    }

    /** All ids, query after query, as a new array of m * k. */
    public long[] toIds() {
        return byPlace.toIds();
    }

    /** All scores, likewise: the inner product, or else twice the inner product less the neighbor's squared length. */
    public float[] toScores() {
        int[] places = byPlace.toDistances();
        float[] scores = new float[places.length];
        for (int at = 0; at < scores.length; at++) {
            scores[at] = score(places[at]);
        }
        return scores;
    }
}
