package io.github.linfhash.reports.history;

import io.github.linfhash.reports.results.EnvironmentSummary;
import io.github.linfhash.reports.tables.Summary;
import java.util.Optional;

/**
 * What one results.json says of the metric.
 *
 * @param label the file, as people call it
 * @param environment what measured
 * @param summary over seeds; empty if no run there has the metric
 */
public record HistoryEntry(String label, EnvironmentSummary environment, Optional<Summary> summary) {}
