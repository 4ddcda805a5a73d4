package io.github.linfhash.results.tables;

import io.github.linfhash.results.audit.Correction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A comparison with one row for each cell, for programs: method, bits and metric; the printed, the corrected and the
 * measured number with its 95 % interval; the seeds behind it; whether it is the best, and Holm's p of its lead.
 */
final class ReadingTable {
    private ReadingTable() {}

    static Table of(ComparisonTable comparison) {
        List<Reading> readings = comparison.rows().stream()
                .flatMap(row -> row.cells().stream().map(cell -> new Reading(row, cell)))
                .toList();
        return Table.create(
                StringColumn.create("method", readings.stream().map(r -> r.row().method())),
                IntColumn.create("bits", readings.stream().mapToInt(r -> r.row().bits())),
                StringColumn.create(
                        "metric", readings.stream().map(r -> r.cell().column().key())),
                StringColumn.create(
                        "unit",
                        readings.stream().map(r -> r.cell().column().kind().unit())),
                StringColumn.create("printed", readings.stream().map(Reading::printed)),
                DoubleColumn.create("corrected", readings.stream().mapToDouble(Reading::corrected)),
                DoubleColumn.create("mean", readings.stream().mapToDouble(r -> r.ours(0))),
                DoubleColumn.create("low95", readings.stream().mapToDouble(r -> r.ours(-1))),
                DoubleColumn.create("high95", readings.stream().mapToDouble(r -> r.ours(1))),
                IntColumn.create(
                        "seeds",
                        readings.stream()
                                .mapToInt(r -> r.cell().ours().map(Summary::n).orElse(0))),
                BooleanColumn.create("best", readings.stream().map(r -> r.cell().best())),
                DoubleColumn.create("holm.p", readings.stream().mapToDouble(Reading::p)),
                StringColumn.create("agreement", readings.stream().map(Reading::agreement)));
    }

    /** A cell in its row; NaN is a number that there is not. */
    private record Reading(ComparisonRow row, ComparisonCell cell) {
        String printed() {
            return cell.printed().map(number -> number.printed().text()).orElse("");
        }

        double corrected() {
            return scaled(cell.correction().map(Correction::fraction).orElse(OptionalDouble.empty()));
        }

        /** The mean, or the end of its interval on one side: -1 or 1. */
        double ours(int side) {
            Optional<Summary> ours = cell.ours();
            if (ours.isEmpty() || (side != 0 && ours.get().halfWidth().isEmpty())) {
                return Double.NaN;
            }
            return scaled(OptionalDouble.of(
                    ours.get().mean() + side * ours.get().halfWidth().orElse(0)));
        }

        private double scaled(OptionalDouble number) {
            return cell.column().kind().factor() * number.orElse(Double.NaN);
        }

        double p() {
            return cell.lead()
                    .map(Lead::adjusted)
                    .orElse(OptionalDouble.empty())
                    .orElse(Double.NaN);
        }

        String agreement() {
            return cell.agreement().map(a -> a.name().toLowerCase(Locale.ROOT)).orElse("");
        }
    }
}
