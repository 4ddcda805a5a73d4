package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.ApDenominator;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.stream.IntStream;

/**
 * Metrics of the ranking by Hamming distance, in closed form from the histograms.
 *
 * <p>A ranking by one of N + 1 distances is full of ties. The tie-aware value is the expectation over all orders within
 * the ties; the optimistic and the pessimistic value are the extremes over these orders. A query with nothing relevant
 * counts with 0. {@link RankMeasure} has the same under any conventions.
 */
public final class RankMetrics {
    private final DistanceHistograms histograms;
    private final TieSums sums;

    /** @throws IllegalArgumentException if there is no query */
    public RankMetrics(DistanceHistograms histograms) {
        if (histograms.queries() == 0) {
            throw new IllegalArgumentException("a ranking needs at least one query");
        }
        this.histograms = histograms;
        sums = new TieSums(histograms.databaseSize());
    }

    /** Mean average precision over the whole ranking, in expectation over the ties; 0..1. */
    public double map() {
        return map(Ties.AWARE);
    }

    /** Mean average precision if every tie were broken in favour of the relevant codes. */
    public double mapOptimistic() {
        return map(Ties.OPTIMISTIC);
    }

    /** Mean average precision if every tie were broken against the relevant codes. */
    public double mapPessimistic() {
        return map(Ties.PESSIMISTIC);
    }

    private double map(Ties ties) {
        return mean(perQuery(RankMeasure.averagePrecision(), ApDenominator.MIN, ties));
    }

    /**
     * Mean share of relevant codes among the first k, in expectation over the ties.
     *
     * @throws IllegalArgumentException if k is not within 1..database size
     */
    public double precisionAt(int k) {
        if (k < 1 || k > sums.databaseSize()) {
            throw new IllegalArgumentException("precision@" + k + " needs a k from 1 to " + sums.databaseSize());
        }
        return mean(perQuery(RankMeasure.precision(k), ApDenominator.MIN, Ties.AWARE));
    }

    /** Average precision of one query, in expectation over the ties. */
    public double averagePrecision(int query) {
        return value(query, RankMeasure.averagePrecision(), ApDenominator.MIN, Ties.AWARE);
    }

    /**
     * A measure of each query; 0 with nothing relevant.
     *
     * @throws IllegalArgumentException if the order of the database is asked for, which no histogram tells
     */
    double[] perQuery(RankMeasure measure, ApDenominator denominator, Ties ties) {
        return IntStream.range(0, histograms.queries())
                .parallel()
                .mapToDouble(q -> value(q, measure, denominator, ties))
                .toArray();
    }

    private double value(int query, RankMeasure measure, ApDenominator denominator, Ties ties) {
        TiedRanking ranking = new TiedRanking(histograms, query, sums);
        int k = measure.depth(sums.databaseSize());
        return switch (measure.kind()) {
            case PRECISION -> ranking.precision(k, ties);
            case AVERAGE_PRECISION -> ranking.averagePrecision(k, denominator, ties);
        };
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
