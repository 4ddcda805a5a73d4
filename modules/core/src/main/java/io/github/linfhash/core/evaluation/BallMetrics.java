package io.github.linfhash.core.evaluation;

/**
 * Look-up in a Hamming ball, averaged over the queries ("macro").
 *
 * <p>A query whose ball is empty counts with precision 0 and recall 0; a query with nothing relevant counts with recall
 * 0. F1 is the harmonic mean of the two averages, as in the paper's tables, not the average of per-query F1.
 *
 * @param precision mean share of relevant codes in the ball, 0..1
 * @param recall mean share of the relevant codes that lie in the ball, 0..1
 * @param emptyBalls share of the queries whose ball holds no code, 0..1
 * @param meanBallSize mean number of codes in the ball
 */
public record BallMetrics(double precision, double recall, double emptyBalls, double meanBallSize) {

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}.
     *
     * @throws IllegalArgumentException if there is no query or the radius is negative
     */
    public static BallMetrics at(DistanceHistograms histograms, int radius) {
        int queries = histograms.queries();
        if (queries == 0 || radius < 0) {
            throw new IllegalArgumentException("a ball needs a query and a radius of at least 0, not " + queries
                    + " queries and radius " + radius);
        }
        double precision = 0;
        double recall = 0;
        int empty = 0;
        long retrieved = 0;
        for (int q = 0; q < queries; q++) {
            int ball = histograms.allWithin(q, radius);
            int hits = histograms.relevantWithin(q, radius);
            int relevant = histograms.relevantTotal(q);
            precision += ball == 0 ? 0 : (double) hits / ball;
            recall += relevant == 0 ? 0 : (double) hits / relevant;
            empty += ball == 0 ? 1 : 0;
            retrieved += ball;
        }
        return new BallMetrics(
                precision / queries, recall / queries, (double) empty / queries, (double) retrieved / queries);
    }

    /** The harmonic mean of {@link #precision} and {@link #recall}; 0 where both are 0. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
