package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.audit.Corrections.Correction;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import io.github.linfhash.results.published.PublishedTable.PublishedMethod;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Measurements beside a published table, in its layout.
 *
 * @param layout the columns
 * @param rows beside a published table its methods in its order, then the other ones in the protocol's, else all in the
 *     protocol's; each by code length
 * @param leads who is the best in what
 */
public record ComparisonTable(TableLayout layout, List<ComparisonRow> rows, Leads leads) {
    public ComparisonTable {
        rows = List.copyOf(rows);
    }

    /** The rows of one method. */
    public List<ComparisonRow> rows(String method) {
        return rows.stream().filter(row -> row.method().equals(method)).toList();
    }

    /** The methods in the order of the rows. */
    public List<String> methods() {
        return rows.stream().map(ComparisonRow::method).distinct().toList();
    }

    /**
     * Columns under one heading.
     *
     * @param title the heading; empty where columns stand alone
     * @param columns the columns
     */
    public record ColumnGroup(String title, List<Quantity> columns) {
        public ColumnGroup {
            columns = List.copyOf(columns);
        }
    }

    /**
     * One method, or one of its rows, at one code length.
     *
     * @param method the method's name in the program, or {@code METHOD:VARIANT}
     * @param title its name for people
     * @param note what is to be known of the row, a sentence for people
     * @param tuned how its options were chosen, in a few words; empty if it was not run
     * @param published the row of the paper that it belongs to; empty if the paper does not have the method
     * @param bits the code length N
     * @param opened whether it is among the configurations that pages open with and compare
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
            boolean opened,
            List<ComparisonCell> cells,
            List<RunResult> runs) {
        public ComparisonRow {
            cells = List.copyOf(cells);
            runs = List.copyOf(runs);
        }

        /** Whether the paper publishes anything for this row. */
        public boolean hasPrinted() {
            return cells.stream().anyMatch(cell -> cell.printed().isPresent());
        }

        /** Whether a published number of this row cannot be right. */
        public boolean hasCorrections() {
            return cells.stream().anyMatch(cell -> cell.correction().isPresent());
        }

        /** How many runs did not fail. */
        public long measured() {
            return runs.stream().filter(run -> !run.failed()).count();
        }
    }

    /**
     * The three readings of one number.
     *
     * @param column which metric
     * @param printed what the paper publishes, if it does
     * @param correction what is to be read in its place, if it cannot be right
     * @param ours what was measured, if it was
     * @param lead the lead over the runner-up, if ours is the best mean of this code length among those that pages open with
     * @param best whether ours is the best mean of this code length among those that pages open with, or one of several that are equal
     */
    public record ComparisonCell(
            Quantity column,
            Optional<PublishedCell> printed,
            Optional<Correction> correction,
            Optional<Summary> ours,
            Optional<Lead> lead,
            boolean best) {
        /** How ours stands to the published number. */
        public Optional<Agreement> agreement() {
            return Agreement.of(printed, correction, ours);
        }
    }

    /**
     * How our numbers stand to a printed one, corrected where it cannot be right. The paper does not say that it averages over
     * runs; its number counts as reached if one more of our runs could have given it.
     */
    public enum Agreement {
        /** Within the range in which one more run would lie, 95 of 100 times. */
        REACHED,
        /** Ours are larger. */
        LARGER,
        /** Ours are smaller. */
        SMALLER;

        /** The agreement; empty where there is nothing to compare, or one seed and so no range. */
        static Optional<Agreement> of(
                Optional<PublishedCell> printed, Optional<Correction> correction, Optional<Summary> ours) {
            if (printed.isEmpty()
                    || ours.isEmpty()
                    || ours.get().reachOfOneRun().isEmpty()) {
                return Optional.empty();
            }
            OptionalDouble target = correction
                    .map(Correction::fraction)
                    .orElse(OptionalDouble.of(printed.get().fraction()));
            if (target.isEmpty()) {
                return Optional.empty();
            }
            double rounding = printed.get().printed().halfUnit().doubleValue() / 100;
            double reach = ours.get().reachOfOneRun().getAsDouble() + rounding;
            double distance = ours.get().mean() - target.getAsDouble();
            return Optional.of(Math.abs(distance) <= reach ? REACHED : distance > 0 ? LARGER : SMALLER);
        }
    }
}
