package io.github.linfhash.results.tables;

import io.github.linfhash.results.published.PercentText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One reading of one method at one code length, as texts.
 *
 * @param method the method's name for people
 * @param bits the code length N
 * @param reading whose numbers they are: paper, corrected or ours
 * @param cells one for each column
 */
record ReadingLine(String method, int bits, String reading, List<Cell> cells) {
    /**
     * A number as text.
     *
     * @param value the digits; empty where there is no number
     * @param distance how far its 95 % interval reaches; empty where there is none
     * @param best whether it is the best of its code length
     * @param significant whether its lead over the runner-up is more than chance
     */
    record Cell(String value, String distance, boolean best, boolean significant) {
        static Cell of(String value) {
            return new Cell(value, "", false, false);
        }
    }

    /** The lines of a comparison in its order; readings without a number are left out. */
    static List<ReadingLine> allOf(ComparisonTable comparison) {
        List<ReadingLine> lines = new ArrayList<>();
        for (ComparisonRow row : comparison.rows()) {
            if (row.hasPrinted()) {
                lines.add(line(row, "paper", ReadingLine::printed));
            }
            if (row.hasCorrections()) {
                lines.add(line(row, "corrected", ReadingLine::corrected));
            }
            if (row.measured() > 0) {
                lines.add(line(row, "ours", ReadingLine::ours));
            }
        }
        return lines;
    }

    private static ReadingLine line(ComparisonRow row, String reading, Function<ComparisonCell, Cell> cell) {
        return new ReadingLine(
                row.title(), row.bits(), reading, row.cells().stream().map(cell).toList());
    }

    private static Cell printed(ComparisonCell cell) {
        return Cell.of(cell.printed().map(number -> number.printed().text()).orElse(""));
    }

    private static Cell corrected(ComparisonCell cell) {
        return Cell.of(cell.correction()
                .map(correction -> correction.fraction().isPresent()
                        ? PercentText.of(correction.fraction().getAsDouble())
                        : "?")
                .orElse(""));
    }

    private static Cell ours(ComparisonCell cell) {
        return cell.ours()
                .map(summary -> new Cell(
                        NumberText.mean(cell.column(), summary),
                        NumberText.halfWidth(cell.column(), summary),
                        cell.best(),
                        cell.lead().map(Lead::significant).orElse(false)))
                .orElse(Cell.of(""));
    }
}
