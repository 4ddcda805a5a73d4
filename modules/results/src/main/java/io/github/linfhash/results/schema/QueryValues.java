package io.github.linfhash.results.schema;

import io.github.linfhash.core.results.RunResult;
import java.util.Optional;

/** The values of single queries, where they were kept beside the results. */
@FunctionalInterface
public interface QueryValues {
    /** Nothing was kept. */
    QueryValues NONE = (run, metric) -> Optional.empty();

    /**
     * One value for each query, in the order of the queries, whose mean is the run's metric; empty if none were kept, or
     * if the metric is no mean over queries.
     *
     * @param metric the key of a metric
     * @throws io.github.linfhash.core.errors.InputException if what was kept is not of this run
     */
    Optional<double[]> of(RunResult run, String metric);
}
