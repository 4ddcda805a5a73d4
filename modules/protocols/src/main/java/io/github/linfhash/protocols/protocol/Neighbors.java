package io.github.linfhash.protocols.protocol;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;

/**
 * The nearest neighbors that codes are expected to preserve.
 *
 * @param count k, the number of nearest database vectors that are the neighbors of a query
 * @param similarity the measure by which vectors are near each other
 */
public record Neighbors(
        @Range(least = 1, most = Neighbors.MOST) int count, Similarity similarity) {
    /** The most neighbors. */
    public static final int MOST = 1000;

    public Neighbors {
        Ranges.check(Neighbors.class, count, similarity);
    }
}
