package io.github.linfhash.harness.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a configuration did so far.
 *
 * @param trial its number, from 0
 * @param values the drawn options, by path
 * @param map mAP among the held-out images of each fold that it was judged on
 * @param precision precision within Hamming radius 2 on the same folds, for the record
 * @param failure why a training failed, or null
 */
record Score(
        int trial,
        Map<String, Object> values,
        List<Double> map,
        List<Double> precision,
        @Nullable String failure) {
    Score {
        map = List.copyOf(map);
        precision = List.copyOf(precision);
    }

    static Score none(Configuration configuration) {
        return new Score(configuration.trial(), configuration.values(), List.of(), List.of(), null);
    }

    /** This score with one more fold. */
    Score and(double foldMap, double foldPrecision) {
        return new Score(trial, values, append(map, foldMap), append(precision, foldPrecision), failure);
    }

    /** This score after a training that failed. */
    Score failed(String reason) {
        return new Score(trial, values, map, precision, reason);
    }

    /** The mean of {@link #map}; 0 if there is none or a training failed. */
    double mean() {
        return failure == null
                ? map.stream().mapToDouble(Double::doubleValue).average().orElse(0)
                : 0;
    }

    private static List<Double> append(List<Double> values, double value) {
        List<Double> longer = new ArrayList<>(values);
        longer.add(value);
        return longer;
    }
}
