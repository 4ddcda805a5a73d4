package io.github.linfhash.results.tables;

import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.audit.Corrections.Correction;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonCell;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A comparison with one row for each cell, for programs: method, bits and metric; the published, the corrected and the
 * measured number with its 95% interval; the seeds behind it; whether it is the best, and the corrected p of its lead.
 */
final class ComparisonCsv {
    private ComparisonCsv() {}

    static Listing of(ComparisonTable comparison) {
        return Listing.of(comparison.rows().stream()
                        .flatMap(row -> row.cells().stream().map(cell -> new Entry(row, cell)))
                        .toList())
                .words("method", entry -> entry.row().method())
                .number("bits", entry -> entry.row().bits())
                .words("metric", entry -> entry.cell().column().key())
                .words("unit", entry -> entry.cell().column().kind().unit())
                .number(
                        "printed",
                        entry -> entry.cell()
                                .printed()
                                .map(number -> number.printed().text())
                                .orElse(null))
                .number(
                        "corrected",
                        entry -> entry.scaled(entry.cell()
                                .correction()
                                .map(Correction::fraction)
                                .orElse(OptionalDouble.empty())))
                .number("mean", entry -> entry.ours(0))
                .number("low95", entry -> entry.ours(-1))
                .number("high95", entry -> entry.ours(1))
                .number("seeds", entry -> entry.cell().ours().map(Summary::n).orElse(0))
                .words("best", entry -> entry.cell().best())
                .number(
                        "holm.p",
                        entry -> entry.cell()
                                .lead()
                                .map(lead -> number(lead.runnerUp().test().p()))
                                .orElse(null))
                .words(
                        "agreement",
                        entry -> entry.cell()
                                .agreement()
                                .map(agreement -> agreement.name().toLowerCase(Locale.ROOT))
                                .orElse(null));
    }

    private static @Nullable Double number(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    private record Entry(ComparisonRow row, ComparisonCell cell) {
        /** The mean, or the end of its interval on one side: -1 or 1. */
        @Nullable Double ours(int side) {
            Optional<Summary> ours = cell.ours();
            if (side == 0) {
                return scaled(ours.stream().mapToDouble(Summary::mean).findFirst());
            }
            return scaled(ours.flatMap(Summary::interval).stream()
                    .mapToDouble(side < 0 ? CrossedMean::low : CrossedMean::high)
                    .findFirst());
        }

        @Nullable Double scaled(OptionalDouble number) {
            return number.isPresent() ? cell.column().kind().factor() * number.getAsDouble() : null;
        }
    }

    /**
     * The numbers of one method at one code length from one source, as texts.
     *
     * @param method the method's name for people
     * @param bits the code length N
     * @param source of the numbers: paper, corrected or ours
     * @param cells one for each column
     */
    record SourceLine(String method, int bits, String source, List<Cell> cells) {
        /**
         * A number as text.
         *
         * @param value the digits; empty where there is no number
         * @param distance how far its 95% interval reaches; empty where there is none
         * @param best whether it is the best of its code length
         * @param significant whether its lead over the runner-up is more than chance
         */
        record Cell(String value, String distance, boolean best, boolean significant) {
            static Cell of(String value) {
                return new Cell(value, "", false, false);
            }
        }

        /** The lines of a comparison in its order; sources without a number are left out. */
        static List<SourceLine> allOf(ComparisonTable comparison) {
            List<SourceLine> lines = new ArrayList<>();
            for (ComparisonRow row : comparison.rows()) {
                if (row.hasPrinted()) {
                    lines.add(line(row, "paper", SourceLine::printed));
                }
                if (row.hasCorrections()) {
                    lines.add(line(row, "corrected", SourceLine::corrected));
                }
                if (row.measured() > 0) {
                    lines.add(line(row, "ours", SourceLine::ours));
                }
            }
            return lines;
        }

        private static SourceLine line(ComparisonRow row, String source, Function<ComparisonCell, Cell> cell) {
            return new SourceLine(
                    row.title(),
                    row.bits(),
                    source,
                    row.cells().stream().map(cell).toList());
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
                            QuantityText.mean(cell.column(), summary),
                            QuantityText.halfWidth(cell.column(), summary),
                            cell.best(),
                            cell.lead().map(Lead::significant).orElse(false)))
                    .orElse(Cell.of(""));
        }
    }
}
