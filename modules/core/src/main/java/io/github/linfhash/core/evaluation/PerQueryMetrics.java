package io.github.linfhash.core.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of each query, under the keys of the {@link StandardMetrics} that are their means, for tests of one method
 * against another on the same queries.
 *
 * <p>F1 and pooled recall are no means over queries and have no values here. An empty ball counts with precision 0.
 */
public final class PerQueryMetrics {
    private final Map<String, double[]> values;

    private PerQueryMetrics(Map<String, double[]> values) {
        this.values = values;
    }

    /** The values under the standard conventions. */
    public static PerQueryMetrics of(Retrieval retrieval) {
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("map", RankMeasure.averagePrecision().perQuery(retrieval, Conventions.STANDARD));
        for (int radius : StandardMetrics.radii()) {
            values.put("precision@" + radius, precision(retrieval.histograms(), radius));
            values.put("recall@" + radius, recall(retrieval.histograms(), radius));
        }
        values.put("map@10", RankMeasure.averagePrecision(10).perQuery(retrieval, Conventions.STANDARD));
        values.put("precisionTop5000", RankMeasure.precision(5000).perQuery(retrieval, Conventions.STANDARD));
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

    private static double[] precision(DistanceHistograms histograms, int radius) {
        double[] precision = new double[histograms.queries()];
        for (int q = 0; q < precision.length; q++) {
            int ball = histograms.allWithin(q, radius);
            precision[q] = ball == 0 ? 0 : (double) histograms.relevantWithin(q, radius) / ball;
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
