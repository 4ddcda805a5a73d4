package io.github.linfhash.advisor.advice;

/**
 * The numbers of vectors and queries of an {@link Advice}.
 *
 * @param rows the searched vectors
 * @param trainingRows the other vectors, which quantizers were fitted to; 0 where these are the searched ones
 * @param givenRows the vectors of the whole database, at least the searched ones
 * @param predictedRows the vectors among which recall is predicted, or known where all were searched; at most {@code givenRows}
 * @param dimension of the vectors
 * @param queries all of them, half of which choose
 * @param queriesDrawn whether queries were drawn from the given vectors, and left out of the database
 */
public record Sample(
        int rows,
        int trainingRows,
        int givenRows,
        int predictedRows,
        int dimension,
        int queries,
        boolean queriesDrawn) {
    /** The most vectors for which predictions were compared with measurements: the glosses of WordNet, from a tenth of them. */
    public static final int MOST_VALIDATED = 117_174;

    /** Returns whether a part of the database was drawn, and not all of it used. */
    public boolean ofPart() {
        return givenRows > rows + trainingRows;
    }

    /** Returns whether recall is known or predicted among all vectors of the database, and not only among fewer. */
    public boolean coversAll() {
        return predictedRows >= givenRows;
    }
}
