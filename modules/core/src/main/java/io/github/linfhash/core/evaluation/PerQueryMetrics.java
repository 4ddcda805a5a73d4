package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The metrics of each query, under the keys of the {@link StandardMetrics} that are their means, for tests of one method
 * against another on the same queries.
 *
 * <p>F1 and pooled averages are no means over queries and have no values here; nor has a metric that the conventions or the
 * experiment leave without a value for some query.
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
     * The values under some conventions, of all standard metrics.
     *
     * @throws IllegalArgumentException if the conventions leave queries with nothing relevant out
     */
    public static PerQueryMetrics of(Retrieval retrieval, Conventions conventions) {
        return of(retrieval, conventions, List.of());
    }

    /**
     * The values under some conventions, of all standard metrics and of those on request that are asked for.
     *
     * @param asked keys of metrics of any kind
     * @throws IllegalArgumentException if the conventions leave queries with nothing relevant out
     */
    public static PerQueryMetrics of(Retrieval retrieval, Conventions conventions, Collection<String> asked) {
        if (conventions.noRelevant() == NoRelevant.SKIP) {
            throw new IllegalArgumentException("there is a value for each query only where each query counts");
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        Stream.concat(
                        StandardMetrics.ALL.stream(),
                        StandardMetrics.ON_REQUEST.stream().filter(metric -> asked.contains(metric.key())))
                .forEach(metric -> {
                    if (metric.measure() instanceof Metric.QueryMeasure measure) {
                        measure.ofQueries(retrieval, conventions).ifPresent(found -> values.put(metric.key(), found));
                    }
                });
        return new PerQueryMetrics(values);
    }

    /** The keys of all standard metrics that can have values of queries, in the order of {@link StandardMetrics#ALL}. */
    public static List<String> allKeys() {
        return keys(StandardMetrics.ALL);
    }

    /** Returns the keys of the metrics on request that can have values of queries, in the order of {@link StandardMetrics#ON_REQUEST}. */
    public static List<String> keysOnRequest() {
        return keys(StandardMetrics.ON_REQUEST);
    }

    private static List<String> keys(List<Metric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.measure() instanceof Metric.QueryMeasure)
                .map(Metric::key)
                .toList();
    }

    /** The keys of the metrics that have values here, in the order of {@link StandardMetrics#ALL}. */
    public List<String> keys() {
        return new ArrayList<>(values.keySet());
    }

    /** All values by key, in the order of {@link #keys}, as new arrays. */
    public Map<String, double[]> all() {
        Map<String, double[]> copies = new LinkedHashMap<>(values);
        copies.replaceAll((key, found) -> found.clone());
        return copies;
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
}
