package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.errors.InputException;

/**
 * The nearest neighbors that codes are expected to preserve.
 *
 * @param count number k of neighbors per query, 1 to {@value #MOST}
 * @param similarity similarity or distance that defines them
 */
public record Neighbors(int count, By similarity) {
    /** The most neighbors. */
    public static final int MOST = 1000;

    /** The similarity or distance of vectors. */
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
