package io.github.linfhash.results.tables;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.published.PublishedMethod;
import java.util.List;
import java.util.Optional;

/**
 * One method, or one of its rows, at one code length.
 *
 * @param method the method's name in the program, or {@code METHOD:ROW}
 * @param title its name for people
 * @param note what is to be known of the row, a sentence for people
 * @param tuned how its options were chosen, in a few words; empty if it was not run
 * @param published the row of the paper that it belongs to; empty if the paper does not have the method
 * @param bits the code length N
 * @param cells one for each column
 * @param runs the runs of all searches and seeds, failed ones included; empty if it was not run
 */
public record ComparisonRow(
        String method,
        String title,
        Optional<String> note,
        String tuned,
        Optional<PublishedMethod> published,
        int bits,
        List<ComparisonCell> cells,
        List<RunResult> runs) {
    public ComparisonRow {
        cells = List.copyOf(cells);
        runs = List.copyOf(runs);
    }

    /** Whether the paper prints anything for this row. */
    public boolean hasPrinted() {
        return cells.stream().anyMatch(cell -> cell.printed().isPresent());
    }

    /** Whether a printed number of this row cannot be right. */
    public boolean hasCorrections() {
        return cells.stream().anyMatch(cell -> cell.correction().isPresent());
    }

    /** How many runs did not fail. */
    public long measured() {
        return runs.stream().filter(run -> !run.failed()).count();
    }
}
