package io.github.linfhash.core.evaluation;

import java.util.function.ToDoubleBiFunction;

/**
 * A number that describes a retrieval experiment.
 *
 * @param key its name in results.json, such as {@code precision@2}; never changes once published
 * @param title its name for people
 * @param kind what the number is
 * @param source what it is computed from
 * @param definition how it is computed under some conventions
 */
public record Metric(
        String key, String title, Kind kind, Source source, ToDoubleBiFunction<Retrieval, Conventions> definition) {
    /** What a metric's number is. */
    public enum Kind {
        /** A fraction within 0..1. */
        FRACTION,
        /** A count of codes. */
        COUNT
    }

    /** What a metric is computed from. */
    public enum Source {
        /** The distances between codes, which every experiment has. */
        DISTANCES,
        /** The ranking by real outputs, of the methods that have them. */
        OUTPUTS
    }

    /** Its value under the standard conventions. */
    public double of(Retrieval retrieval) {
        return of(retrieval, Conventions.STANDARD);
    }

    /** Its value under other conventions; NaN if these leave no query to average. */
    public double of(Retrieval retrieval, Conventions conventions) {
        return definition.applyAsDouble(retrieval, conventions);
    }
}
