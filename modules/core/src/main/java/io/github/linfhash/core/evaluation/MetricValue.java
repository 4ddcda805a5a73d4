package io.github.linfhash.core.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A quantity as a run measured it.
 *
 * @param quantity the quantity
 * @param value its value; NaN where the conventions leave no query to average
 * @param perQuery the value of each query, in their order; empty if the value is no mean over all of them
 */
public record MetricValue(Quantity quantity, double value, Optional<double[]> perQuery) {
    /** Returns a value that is no mean over queries. */
    public static MetricValue of(Quantity quantity, double value) {
        return new MetricValue(quantity, value, Optional.empty());
    }

    /** Returns the mean of the values of all queries. */
    public static MetricValue mean(Quantity quantity, double[] perQuery) {
        return new MetricValue(quantity, Arrays.stream(perQuery).average().orElseThrow(), Optional.of(perQuery));
    }

    /** Returns values by the keys of their quantities, in their order. */
    public static Map<String, Double> byKey(List<MetricValue> values) {
        Map<String, Double> byKey = new LinkedHashMap<>();
        values.forEach(one -> byKey.put(one.quantity.key(), one.value));
        return byKey;
    }

    /** Returns the values of single queries by the keys of their quantities, in their order. */
    public static Map<String, double[]> queriesByKey(List<MetricValue> values) {
        Map<String, double[]> byKey = new LinkedHashMap<>();
        values.forEach(one -> one.perQuery.ifPresent(found -> byKey.put(one.quantity.key(), found)));
        return byKey;
    }
}
