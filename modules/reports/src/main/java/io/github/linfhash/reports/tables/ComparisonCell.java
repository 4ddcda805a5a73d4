package io.github.linfhash.reports.tables;

import io.github.linfhash.reports.published.PublishedCell;
import java.util.Optional;

/**
 * The two readings of one number.
 *
 * @param column which metric
 * @param printed what the paper prints, if it does
 * @param ours what was measured, if it was
 * @param best whether ours is the best mean of all methods of this code length
 */
public record ComparisonCell(Column column, Optional<PublishedCell> printed, Optional<Summary> ours, boolean best) {}
