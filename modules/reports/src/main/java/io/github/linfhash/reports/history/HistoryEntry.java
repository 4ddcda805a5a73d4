package io.github.linfhash.reports.history;

import io.github.linfhash.results.schema.EnvironmentSummary;
import io.github.linfhash.results.tables.Summary;
import java.util.Optional;

/**
 * What one results.json says of the metric.
 *
 * @param label the file, as people call it
 * @param environment what measured
 * @param summary over seeds; empty if no run there has the metric
 */
public record HistoryEntry(String label, EnvironmentSummary environment, Optional<Summary> summary) {}
