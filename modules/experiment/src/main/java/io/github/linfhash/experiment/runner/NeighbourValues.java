package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.quantisers.DistanceEstimates;
import io.github.linfhash.quantisers.neighbours.FloatNeighbours;
import io.github.linfhash.quantisers.neighbours.NeighbourRecall;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many float neighbours codes keep, under the keys of {@link StandardMetrics#NEIGHBOUR_RECALLS}. */
final class NeighbourValues {
    private NeighbourValues() {}

    /** The values of each query, at each oversampling; of so many codes. */
    static Map<String, double[]> of(FloatNeighbours truth, int codes, DistanceEstimates estimates) {
        double[][] recall = new NeighbourRecall(StandardMetrics.OVERSAMPLINGS).of(truth, codes, estimates);
        Map<String, double[]> values = new LinkedHashMap<>();
        for (int o = 0; o < recall.length; o++) {
            values.put(StandardMetrics.NEIGHBOUR_RECALLS.get(o).key(), recall[o]);
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
