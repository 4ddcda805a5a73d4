package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.StandardMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** How many float neighbors codes keep, under the keys of {@link StandardMetrics#NEIGHBOR_RECALLS}. */
final class NeighborValues {
    private NeighborValues() {}

    /** The values of each query, at the oversampling of each place in {@link StandardMetrics#OVERSAMPLINGS}. */
    static Map<String, double[]> of(IntFunction<double[]> recall) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (int o = 0; o < StandardMetrics.OVERSAMPLINGS.size(); o++) {
            values.put(StandardMetrics.NEIGHBOR_RECALLS.get(o).key(), recall.apply(o));
        }
        return values;
    }

    /** The mean over the queries of each. */
    static Map<String, Double> means(Map<String, double[]> queries) {
        Map<String, Double> means = new LinkedHashMap<>();
        queries.forEach(
                (key, values) -> means.put(key, Arrays.stream(values).average().orElseThrow()));
        return means;
    }
}
