package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import java.util.Arrays;
import java.util.Optional;

/**
 * The mean Hamming distance between queries and what is relevant to them, in bits: over the queries that have something
 * relevant, the mean of each one's mean; or, where averages are pooled as recall is, the mean over all relevant pairs.
 *
 * <p>A query with nothing relevant has no distance and is left out in any case: 0 would be the best there is. Only where
 * nothing is relevant to any query, the number is 0, as every other one is then.
 */
final class RelevantDistance implements Metric.QueryMeasure {
    @Override
    public double of(Retrieval retrieval, Conventions conventions) {
        DistanceHistograms histograms = retrieval.under(conventions.selfMatch()).histograms();
        boolean pooled = conventions.average() != Average.MACRO;
        double sum = 0;
        long weights = 0;
        for (int q = 0; q < histograms.queries(); q++) {
            int relevant = histograms.relevantTotal(q);
            if (relevant > 0) {
                sum += pooled ? sum(histograms, q) : (double) sum(histograms, q) / relevant;
                weights += pooled ? relevant : 1;
            }
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /** None where the average is pooled, or a query has nothing relevant. */
    @Override
    public Optional<double[]> ofQueries(Retrieval retrieval, Conventions conventions) {
        DistanceHistograms histograms = retrieval.under(conventions.selfMatch()).histograms();
        double[] values = new double[histograms.queries()];
        Arrays.setAll(values, q -> (double) sum(histograms, q) / histograms.relevantTotal(q));
        return conventions.average() != Average.MACRO || Arrays.stream(values).anyMatch(Double::isNaN)
                ? Optional.empty()
                : Optional.of(values);
    }

    /** The distances from a query to all that is relevant to it, summed. */
    private static long sum(DistanceHistograms histograms, int query) {
        long sum = 0;
        for (int distance = 1; distance <= histograms.bits(); distance++) {
            sum += (long) distance * histograms.relevant(query, distance);
        }
        return sum;
    }
}
