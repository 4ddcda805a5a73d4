package io.github.linfhash.results.tables;

import io.github.linfhash.results.audit.Correction;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvWriteOptions;

/**
 * A comparison with one row for each cell, for programs: method, bits and metric; the printed, the corrected and the
 * measured number with its 95 % interval; the seeds behind it; whether it is the best, and Holm's p of its lead.
 */
final class ReadingTable {
    private final StringColumn method = StringColumn.create("method");
    private final IntColumn bits = IntColumn.create("bits");
    private final StringColumn metric = StringColumn.create("metric");
    private final StringColumn unit = StringColumn.create("unit");
    private final StringColumn printed = StringColumn.create("printed");
    private final DoubleColumn corrected = DoubleColumn.create("corrected");
    private final DoubleColumn mean = DoubleColumn.create("mean");
    private final DoubleColumn low = DoubleColumn.create("low95");
    private final DoubleColumn high = DoubleColumn.create("high95");
    private final IntColumn seeds = IntColumn.create("seeds");
    private final BooleanColumn best = BooleanColumn.create("best");
    private final DoubleColumn p = DoubleColumn.create("holm.p");
    private final StringColumn agreement = StringColumn.create("agreement");

    private ReadingTable() {}

    static Table of(ComparisonTable comparison) {
        ReadingTable table = new ReadingTable();
        comparison.rows().forEach(row -> row.cells().forEach(cell -> table.add(row, cell)));
        return Table.create(
                table.method,
                table.bits,
                table.metric,
                table.unit,
                table.printed,
                table.corrected,
                table.mean,
                table.low,
                table.high,
                table.seeds,
                table.best,
                table.p,
                table.agreement);
    }

    /** The table in CSV; numbers that there are not are empty. */
    static String csv(ComparisonTable comparison) {
        StringWriter text = new StringWriter();
        of(comparison)
                .write()
                .usingOptions(CsvWriteOptions.builder(text).lineEnd("\n").build());
        return text.toString();
    }

    private void add(ComparisonRow row, ComparisonCell cell) {
        double scale = cell.column().kind().factor();
        method.append(row.method());
        bits.append(row.bits());
        metric.append(cell.column().key());
        unit.append(cell.column().kind().unit());
        printed.append(cell.printed().map(number -> number.printed().text()).orElse(""));
        append(corrected, cell.correction().map(Correction::fraction).orElse(OptionalDouble.empty()), scale);
        Optional<Summary> ours = cell.ours();
        OptionalDouble half = ours.map(Summary::halfWidth).orElse(OptionalDouble.empty());
        append(mean, ours.map(s -> OptionalDouble.of(s.mean())).orElse(OptionalDouble.empty()), scale);
        append(low, half.isEmpty() ? half : OptionalDouble.of(ours.orElseThrow().mean() - half.getAsDouble()), scale);
        append(
                high,
                half.isEmpty() ? half : OptionalDouble.of(ours.orElseThrow().mean() + half.getAsDouble()),
                scale);
        seeds.append(ours.map(Summary::n).orElse(0));
        best.append(cell.best());
        append(p, cell.lead().map(Lead::adjusted).orElse(OptionalDouble.empty()), 1);
        agreement.append(
                cell.agreement().map(a -> a.name().toLowerCase(Locale.ROOT)).orElse(""));
    }

    private static void append(DoubleColumn column, OptionalDouble value, double scale) {
        if (value.isPresent()) {
            column.append(scale * value.getAsDouble());
        } else {
            column.appendMissing();
        }
    }
}
