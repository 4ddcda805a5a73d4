package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of each query, under the keys of the {@link StandardMetrics} that are their means, for tests of one method
 * against another on the same queries.
 *
 * <p>F1 and pooled averages are no means over queries and have no values here; nor has precision where empty balls are
 * left out of its mean.
 */
public final class PerQueryMetrics {
    private final Map<String, double[]> values;

    private PerQueryMetrics(Map<String, double[]> values) {
        this.values = values;
    }

    /** The values under the standard conventions: an empty ball counts with precision 0. */
    public static PerQueryMetrics of(Retrieval retrieval) {
        return of(retrieval, Conventions.STANDARD);
    }

    /**
     * The values under some conventions.
     *
     * @throws IllegalArgumentException if the conventions leave queries with nothing relevant out
     */
    public static PerQueryMetrics of(Retrieval retrieval, Conventions conventions) {
        if (conventions.noRelevant() == NoRelevant.SKIP) {
            throw new IllegalArgumentException("there is a value for each query only where each query counts");
        }
        DistanceHistograms histograms = retrieval.under(conventions.selfMatch()).histograms();
        boolean precision = conventions.average() != Average.MICRO && conventions.emptyBall() != EmptyBall.SKIP;
        double empty = conventions.emptyBall() == EmptyBall.ONE ? 1 : 0;
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("map", RankMeasure.averagePrecision().perQuery(retrieval, conventions));
        for (int radius : StandardMetrics.radii()) {
            if (precision) {
                values.put("precision@" + radius, precision(histograms, radius, empty));
            }
            if (conventions.average() == Average.MACRO) {
                values.put("recall@" + radius, recall(histograms, radius));
            }
        }
        values.put("map@10", RankMeasure.averagePrecision(10).perQuery(retrieval, conventions));
        values.put("precisionTop5000", RankMeasure.precision(5000).perQuery(retrieval, conventions));
        return new PerQueryMetrics(values);
    }

    /** The keys of the metrics, in the order of {@link StandardMetrics#ALL}. */
    public List<String> keys() {
        return new ArrayList<>(values.keySet());
    }

    /**
     * A new array of one value a query, in the order of the queries.
     *
     * @param key one of {@link #keys}
     * @throws IllegalArgumentException if there is no such key
     */
    public double[] values(String key) {
        double[] found = values.get(key);
        if (found == null) {
            throw new IllegalArgumentException("there is no " + key + " for each query, only " + keys());
        }
        return found.clone();
    }

    private static double[] precision(DistanceHistograms histograms, int radius, double empty) {
        double[] precision = new double[histograms.queries()];
        for (int q = 0; q < precision.length; q++) {
            int ball = histograms.allWithin(q, radius);
            precision[q] = ball == 0 ? empty : (double) histograms.relevantWithin(q, radius) / ball;
        }
        return precision;
    }

    private static double[] recall(DistanceHistograms histograms, int radius) {
        double[] recall = new double[histograms.queries()];
        for (int q = 0; q < recall.length; q++) {
            int relevant = histograms.relevantTotal(q);
            recall[q] = relevant == 0 ? 0 : (double) histograms.relevantWithin(q, radius) / relevant;
        }
        return recall;
    }
}
