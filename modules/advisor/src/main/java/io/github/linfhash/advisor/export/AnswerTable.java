package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AnswerRow;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.listings.Listing;
import java.util.Locale;
import java.util.Optional;

/** The answer of advice as a table, the same in the terminal and on the page. */
public final class AnswerTable {
    private static final double LARGE = 99.95;
    private static final double THOUSAND = 1000;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private AnswerTable() {}

    /** The rows of the answer. */
    public static Listing of(Advice advice) {
        return Listing.of(advice.answer())
                .head("target", AnswerTable::target)
                .words("code", row -> code(row))
                .number("bytes", row -> String.format(Locale.ROOT, "%.1f", row.bytes()))
                .number("smaller", row -> times(row.timesSmaller()))
                .number("memory", row -> size(row.memoryBytes()))
                .number("oversampling", row -> row.choice().oversampling() + "x")
                .number(
                        "recall@" + advice.neighbors(),
                        row -> recall(row.choice().recall()));
    }

    /** The recall of each recommended code where less than float32 is kept of the vectors for rescoring. */
    public static Listing.OfRows<?> rescoring(Advice advice) {
        return Listing.of(advice.answer().stream()
                        .flatMap(row -> row.rescoring().stream().map(one -> new Rescored(row, one)))
                        .toList())
                .head(
                        "target",
                        one -> String.format(
                                Locale.ROOT, "%.2f", one.row.target().orElseThrow()))
                .words("rescored from", one -> one.rescoring.from())
                .number("bytes kept", one -> Integer.toString(one.rescoring.bytes()))
                .number("read per query", one -> size((double) one.rescoring.readBytes()))
                .number("recall@" + advice.neighbors(), one -> recall(one.rescoring.recall()))
                .words("reached", one -> one.rescoring.reached() ? "yes" : "no");
    }

    private record Rescored(AnswerRow row, AnswerRow.Rescoring rescoring) {}

    /** Describes the columns of the recall after rescoring. */
    public static String rescoringCaption() {
        return "Bytes are those kept of each vector besides its code, and those read of them for the best codes of a query.";
    }

    /** Describes what the columns are of. */
    public static String caption(Advice advice) {
        return String.format(
                Locale.ROOT,
                "For %d vectors of dimension %d. Bytes include a share of the model, memory is that of all codes and the model, and recall has its"
                        + " 95%% interval over %d queries that took no part in the choice.",
                advice.givenRows(),
                advice.dimension(),
                advice.queries() / 2);
    }

    /** The command that writes the codes of a row; empty for what {@code linfhash quantize} does not write. */
    public static Optional<String> command(Advice advice, AnswerRow row) {
        return QuantizeLine.of(
                row.choice().quantizer().name(), row.choice().quantizer().options(), advice.similarity());
    }

    private static String target(AnswerRow row) {
        return row.target().isEmpty()
                ? "to compare"
                : String.format(
                        Locale.ROOT,
                        row.reached() ? "%.2f" : "%.2f, not reached",
                        row.target().getAsDouble());
    }

    private static String code(AnswerRow row) {
        return row.choice().quantizer().name() + " ("
                + Advice.options(row.choice().quantizer().options()) + ")";
    }

    private static String recall(CrossedMean recall) {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", recall.mean(), recall.low(), recall.high());
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, factor > LARGE ? "%.0fx" : "%.1fx", factor);
    }

    /** A number of bytes with three digits and a decimal unit. */
    static String size(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND && unit < UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return String.format(
                Locale.ROOT,
                value > LARGE ? "%.0f %s" : value > LARGE / 10 ? "%.1f %s" : "%.2f %s",
                value,
                UNITS[unit]);
    }
}
