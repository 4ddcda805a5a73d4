package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer of advice as a table, the same in the terminal and on the page. */
public final class AnswerTable {
    private static final double LARGE = 99.95;
    private static final double THOUSAND = 1000;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private AnswerTable() {}

    /**
     * The rows of the answer.
     *
     * @param paste for an engine; null without
     */
    public static Listing of(Advice advice, @Nullable EngineSnippet paste) {
        Listing.OfRows<Targets.AnswerRow> table = Listing.of(advice.answer())
                .head("target", row -> target(advice, row))
                .words("code", row -> AdviceSentences.named(row.choice().quantizer()))
                .number("bytes", row -> AdviceSentences.format("%.1f", row.bytes()))
                .number("smaller", row -> times(row.timesSmaller()))
                .number("codes", row -> size(row.memoryBytes()));
        if (paste != null && paste.countsIndex()) {
            table.number("index", row -> size(paste.indexBytes(advice, row.choice())));
        }
        return table.number("oversampling", row -> row.choice().oversampling() + "x")
                .number(
                        "recall@" + advice.question().neighbors(),
                        row -> recall(advice, row.choice().recall()));
    }

    /** The recall of each recommended code where less than float32 is kept of the vectors for rescoring. */
    public static Listing.OfRows<?> rescoring(Advice advice) {
        return Listing.of(advice.answer().stream()
                        .flatMap(row -> row.rescoring().stream().map(one -> new Rescored(row, one)))
                        .toList())
                .head("target", one -> Percent.exact(one.row.target().orElseThrow()))
                .words("rescored from", one -> one.rescoring.from())
                .number("bytes kept", one -> Integer.toString(one.rescoring.bytes()))
                .number("read per query", one -> size((double) one.rescoring.readBytes()))
                .number("recall@" + advice.question().neighbors(), one -> recall(advice, one.rescoring.recall()))
                .words("reached", one -> one.rescoring.reached() ? "yes" : "no");
    }

    private record Rescored(Targets.AnswerRow row, Targets.AnswerRow.Rescoring rescoring) {}

    /** Describes the columns of the recall after rescoring. */
    public static String rescoringCaption() {
        return "Bytes are those kept of each vector besides its code, and those read of them for the best codes of a query.";
    }

    /**
     * Describes what the columns are of.
     *
     * @param paste for an engine; null without
     */
    public static String caption(Advice advice, @Nullable EngineSnippet paste) {
        boolean index = paste != null && paste.countsIndex();
        return AdviceSentences.format(
                "For %d vectors of dimension %d. Bytes include a share of the model, codes is the size of all codes and the model%s. Not counted:"
                        + " %sthe vectors for rescoring, at least %s as float32. Recall has its 95%% interval over %d queries that took no part in"
                        + " the choice.",
                advice.sample().givenRows(),
                advice.sample().dimension(),
                index ? ", index that of an HNSW index with them (m = 16), estimated from pgvector's page layout" : "",
                index ? "" : "the graph of an index, and ",
                size((double) advice.sample().givenRows() * advice.sample().dimension() * Float.BYTES),
                advice.sample().queries() / 2);
    }

    /** The command that writes the codes of a row; empty for what {@code linfhash quantize} does not write. */
    public static Optional<String> command(Advice advice, Targets.AnswerRow row) {
        return QuantizeLine.of(
                row.choice().quantizer().name(),
                row.choice().quantizer().options(),
                advice.question().similarity());
    }

    private static String target(Advice advice, Targets.AnswerRow row) {
        return row.target().isEmpty()
                ? "to compare"
                : Percent.exact(row.target().getAsDouble())
                        + (row.reached()
                                ? ""
                                : ", "
                                        + new AdviceSentences(advice)
                                                .shortfall(row.target().getAsDouble()));
    }

    private static String recall(Advice advice, CrossedMean recall) {
        return Percent.of(recall.mean(), recall.low(), recall.high())
                + (advice.sample().coversAll()
                        ? ""
                        : " among " + advice.sample().predictedRows());
    }

    private static String times(double factor) {
        return AdviceSentences.format(factor > LARGE ? "%.0fx" : "%.1fx", factor);
    }

    /** A number of bytes with three digits and a decimal unit. */
    static String size(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND && unit < UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return AdviceSentences.format(
                value > LARGE ? "%.0f %s" : value > LARGE / 10 ? "%.1f %s" : "%.2f %s", value, UNITS[unit]);
    }
}
