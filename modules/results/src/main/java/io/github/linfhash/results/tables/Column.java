package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.StandardMetrics;

/**
 * A column of a comparison: a metric.
 *
 * @param key the metric's key
 * @param title its heading below the heading of its group
 * @param kind what its numbers are
 */
public record Column(String key, String title, Metric.Kind kind) {
    /** Whether the largest number is the best one. */
    public boolean higherIsBetter() {
        return kind == Metric.Kind.FRACTION && !key.startsWith("emptyBalls");
    }

    static Column of(String key, String title) {
        Metric.Kind kind = StandardMetrics.ALL.stream()
                .filter(metric -> metric.key().equals(key))
                .map(Metric::kind)
                .findFirst()
                .orElse(Metric.Kind.FRACTION);
        return new Column(key, title, kind);
    }
}
