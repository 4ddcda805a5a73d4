package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.audit.Correction;
import io.github.linfhash.results.published.PublishedCell;
import java.util.Optional;

/**
 * The three readings of one number.
 *
 * @param column which metric
 * @param printed what the paper prints, if it does
 * @param correction what is to be read in its place, if it cannot be right
 * @param ours what was measured, if it was
 * @param lead the lead over the runner-up, if ours is the best mean of all methods of this code length
 * @param best whether ours is the best mean of all methods of this code length, or one of several that are equal
 */
public record ComparisonCell(
        Quantity column,
        Optional<PublishedCell> printed,
        Optional<Correction> correction,
        Optional<Summary> ours,
        Optional<Lead> lead,
        boolean best) {
    /** How ours stands to the printed number. */
    public Optional<Agreement> agreement() {
        return Agreement.of(printed, correction, ours);
    }
}
