package io.github.linfhash.core.evaluation;

import java.util.function.ToDoubleFunction;

/**
 * A number that describes a retrieval experiment.
 *
 * @param key its name in results.json, such as {@code precision@2}; never changes once published
 * @param title its name for people
 * @param kind what the number is
 * @param definition how it is computed
 */
public record Metric(String key, String title, Kind kind, ToDoubleFunction<Retrieval> definition) {
    /** What a metric's number is. */
    public enum Kind {
        /** A fraction within 0..1. */
        FRACTION,
        /** A count of codes. */
        COUNT
    }

    public double of(Retrieval retrieval) {
        return definition.applyAsDouble(retrieval);
    }
}
