package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.errors.InputException;

/**
 * What counts as near where codes are measured by the float neighbors that they keep.
 *
 * @param count how many of a query's nearest vectors of the database are its neighbors, k, 1 to {@value #MOST}
 * @param similarity by what they are the nearest
 */
public record Neighbors(int count, By similarity) {
    /** The most neighbors. */
    public static final int MOST = 1000;

    /** By what vectors are near each other. */
    public enum By {
        /** The cosine of the angle between two vectors. */
        COSINE,
        /** The inner product. */
        DOT,
        /** The Euclidean distance. */
        EUCLIDEAN
    }

    public Neighbors {
        if (count < 1 || count > MOST) {
            throw new InputException("neighbors.count: expected 1 to " + MOST + ", found " + count);
        }
    }
}
