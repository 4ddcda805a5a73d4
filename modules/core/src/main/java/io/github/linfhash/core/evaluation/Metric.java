package io.github.linfhash.core.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A quantity that describes a retrieval experiment, with how it is computed.
 *
 * @param quantity what it is called and how it is to be read
 * @param source what it is computed from
 * @param measure how it is computed under some conventions; a {@link QueryMeasure} has values of single queries, too, which
 *     are kept beside results for tests over queries
 */
public record Metric(Quantity quantity, Source source, Measure measure) {
    /** The input that a metric is computed from. */
    public enum Source {
        /** The distances between codes, which every experiment has. */
        DISTANCES,
        /** The ranking by real outputs, of the methods that have them. */
        OUTPUTS
    }

    /** A number of a retrieval. */
    @FunctionalInterface
    public interface Measure {
        /** The number. */
        double of(Retrieval retrieval, Conventions conventions);
    }

    /** A number that is, under most conventions, a mean over queries. */
    public interface QueryMeasure extends Measure {
        /** The value of each query, in their order; empty if the number is no mean over all of them under the conventions. */
        Optional<double[]> ofQueries(Retrieval retrieval, Conventions conventions);

        /** The number, from the values of all queries; the same bits as {@link #of} gives. */
        default double meanOf(double[] perQuery, Retrieval retrieval, Conventions conventions) {
            return RankMeasure.mean(perQuery);
        }
    }

    /** Its name in results.json. */
    public String key() {
        return quantity.key();
    }

    /** Its name for people. */
    public String title() {
        return quantity.title();
    }

    /** Its value under the standard conventions. */
    public double of(Retrieval retrieval) {
        return of(retrieval, Conventions.STANDARD);
    }

    /** Its value under some conventions with the values of single queries that it is the mean of; each of these is computed once. */
    public Value measured(Retrieval retrieval, Conventions conventions) {
        if (measure instanceof QueryMeasure queries) {
            Optional<double[]> perQuery = queries.ofQueries(retrieval, conventions);
            if (perQuery.isPresent()) {
                return new Value(quantity, queries.meanOf(perQuery.get(), retrieval, conventions), perQuery);
            }
        }
        return Value.of(quantity, of(retrieval, conventions));
    }

    /** Its value under other conventions. */
    public double of(Retrieval retrieval, Conventions conventions) {
        return measure.of(retrieval, conventions);
    }

    /**
     * A quantity as a run measured it.
     *
     * @param quantity the quantity
     * @param value its value
     * @param perQuery the value of each query, in their order; empty if the value is no mean over all of them
     */
    public record Value(Quantity quantity, double value, Optional<double[]> perQuery) {
        /** Returns a value that is no mean over queries. */
        public static Value of(Quantity quantity, double value) {
            return new Value(quantity, value, Optional.empty());
        }

        /** Returns the mean of the values of all queries. */
        public static Value mean(Quantity quantity, double[] perQuery) {
            return new Value(quantity, Arrays.stream(perQuery).average().orElseThrow(), Optional.of(perQuery));
        }

        /** Returns values by the keys of their quantities, in their order. */
        public static Map<String, Double> byKey(List<Value> values) {
            Map<String, Double> byKey = new LinkedHashMap<>();
            values.forEach(one -> byKey.put(one.quantity.key(), one.value));
            return byKey;
        }

        /** Returns the values of single queries by the keys of their quantities, in their order. */
        public static Map<String, double[]> queriesByKey(List<Value> values) {
            Map<String, double[]> byKey = new LinkedHashMap<>();
            values.forEach(one -> one.perQuery.ifPresent(found -> byKey.put(one.quantity.key(), found)));
            return byKey;
        }
    }
}
