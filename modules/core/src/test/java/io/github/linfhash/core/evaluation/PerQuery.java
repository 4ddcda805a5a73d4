package io.github.linfhash.core.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The values of single queries among measured metrics.
 *
 * @param all by key
 */
record PerQuery(Map<String, double[]> all) {
    static PerQuery of(Retrieval retrieval) {
        return of(retrieval, Conventions.STANDARD);
    }

    static PerQuery of(Retrieval retrieval, Conventions conventions) {
        return of(retrieval, conventions, List.of());
    }

    static PerQuery of(Retrieval retrieval, Conventions conventions, Collection<String> asked) {
        return new PerQuery(Metric.Value.queriesByKey(StandardMetrics.measure(asked, retrieval, conventions)));
    }

    List<String> keys() {
        return List.copyOf(all.keySet());
    }

    double[] values(String key) {
        return Objects.requireNonNull(all.get(key), key);
    }
}
