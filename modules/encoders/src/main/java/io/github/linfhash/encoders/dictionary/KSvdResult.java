package io.github.linfhash.encoders.dictionary;

import io.github.linfhash.encoders.algebra.Matrix;
import java.util.List;

/**
 * What K-SVD learned: Y is about G D^T, one signal a row.
 *
 * @param dictionary D
 * @param codes G, m x N, with at most T atoms a row; atoms replaced at the very end have no users yet
 * @param iterations one entry for each iteration, in order
 */
public record KSvdResult(Dictionary dictionary, Matrix codes, List<Iteration> iterations) {
    public KSvdResult {
        iterations = List.copyOf(iterations);
    }

    /**
     * One iteration; errors are Frobenius norms of Y - G D^T.
     *
     * @param errorAfterCoding with the atoms of the iteration before
     * @param errorAfterUpdate with the refitted atoms
     * @param replaced the number of atoms that gave way to signals, after the errors were measured or, if they had no
     *     user, without effect on them
     */
    public record Iteration(double errorAfterCoding, double errorAfterUpdate, int replaced) {}
}
