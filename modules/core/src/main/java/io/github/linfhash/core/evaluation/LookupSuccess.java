package io.github.linfhash.core.evaluation;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The share of queries whose hash lookup succeeds: at least one relevant code lies in the Hamming ball.
 *
 * <p>Liu et al. (Discrete Graph Hashing, NIPS 2014, section 5) call a lookup a success where the ball is not empty, whatever
 * lies in it; that is 1 less {@link BallMetrics#emptyBalls}.
 *
 * @param radius the ball's
 */
record LookupSuccess(int radius) implements Metric.QueryMeasure {
    @Override
    public double of(Retrieval retrieval, Conventions conventions) {
        return RankMeasure.mean(perQuery(retrieval, conventions));
    }

    @Override
    public Optional<double[]> ofQueries(Retrieval retrieval, Conventions conventions) {
        return Optional.of(perQuery(retrieval, conventions));
    }

    private double[] perQuery(Retrieval retrieval, Conventions conventions) {
        DistanceHistograms histograms = retrieval.under(conventions.selfMatch()).histograms();
        return IntStream.range(0, histograms.queries())
                .mapToDouble(q -> histograms.relevantWithin(q, radius) > 0 ? 1 : 0)
                .toArray();
    }
}
