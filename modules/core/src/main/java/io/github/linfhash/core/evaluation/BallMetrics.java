package io.github.linfhash.core.evaluation;

/**
 * Look-up in a Hamming ball, averaged over the queries.
 *
 * <p>Under the standard conventions a query whose ball is empty counts with precision 0 and recall 0, and a query with
 * nothing relevant with recall 0. F1 is the harmonic mean of the two averages, as in the paper's tables, not the average
 * of per-query F1. An average to which the conventions leave no query is NaN.
 *
 * @param precision mean share of relevant codes in the ball, 0..1
 * @param recall mean share of the relevant codes that lie in the ball, 0..1
 * @param emptyBalls share of the queries whose ball holds no code, 0..1
 * @param meanBallSize mean number of codes in the ball
 */
public record BallMetrics(double precision, double recall, double emptyBalls, double meanBallSize) {

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}, under the standard conventions.
     *
     * @throws IllegalArgumentException if there is no query or the radius is negative
     */
    public static BallMetrics at(DistanceHistograms histograms, int radius) {
        return at(histograms, radius, Conventions.STANDARD);
    }

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}.
     *
     * @throws IllegalArgumentException if the radius is negative
     */
    public static BallMetrics at(Retrieval retrieval, int radius, Conventions conventions) {
        return at(retrieval.under(conventions.selfMatch()).histograms(), radius, conventions);
    }

    private static BallMetrics at(DistanceHistograms histograms, int radius, Conventions conventions) {
        if (histograms.queries() == 0 || radius < 0) {
            throw new IllegalArgumentException("a ball needs a query and a radius of at least 0, not "
                    + histograms.queries() + " queries and radius " + radius);
        }
        BallSums sums = new BallSums(conventions);
        for (int q = 0; q < histograms.queries(); q++) {
            sums.add(
                    histograms.allWithin(q, radius), histograms.relevantWithin(q, radius), histograms.relevantTotal(q));
        }
        return new BallMetrics(sums.precision(), sums.recall(), sums.emptyBalls(), sums.meanBallSize());
    }

    /** The harmonic mean of {@link #precision} and {@link #recall}; 0 where both are 0. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
