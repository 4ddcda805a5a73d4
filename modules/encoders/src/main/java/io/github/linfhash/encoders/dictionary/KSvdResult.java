package io.github.linfhash.encoders.dictionary;

import java.util.List;

/**
 * What K-SVD learned.
 *
 * @param iterations one entry for each iteration, in order
 */
public record KSvdResult(Dictionary dictionary, List<Iteration> iterations) {
    public KSvdResult {
        iterations = List.copyOf(iterations);
    }

    /**
     * One iteration; errors are Frobenius norms of Y - D G.
     *
     * @param errorAfterCoding with the atoms of the iteration before
     * @param errorAfterUpdate with the refitted atoms
     * @param replaced the number of atoms that gave way to signals, after the errors were measured or, if they had no
     *     user, without effect on them
     */
    public record Iteration(double errorAfterCoding, double errorAfterUpdate, int replaced) {}
}
