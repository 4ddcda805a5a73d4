package io.github.linfhash.advisor.export;

import static io.github.linfhash.advisor.export.AdviceSentences.format;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All measured quantizers as a table, the same in the terminal and on the page. */
public final class MeasuredTable {
    private MeasuredTable() {}

    private static List<Integer> factors(Advice advice) {
        return List.copyOf(advice.quantizers().get(0).recall().all().keySet());
    }

    private static boolean hasSeen(Advice advice) {
        return advice.quantizers().stream().anyMatch(one -> one.seen() != null);
    }

    /** Returns a row for each quantizer, by bytes and then by recall. */
    public static Listing of(Advice advice) {
        List<Integer> factors = factors(advice);
        int least = factors.get(0);
        Listing.OfRows<QuantizerResult> table = Listing.of(advice.quantizers().stream()
                        .sorted(Comparator.comparingInt(QuantizerResult::bytes)
                                .thenComparing(measured -> -measured.at(least).mean()))
                        .toList())
                .number("bytes", QuantizerResult::bytes)
                .number(
                        "with model",
                        measured ->
                                format("%.1f", measured.bytesAt(advice.sample().givenRows())))
                .head("quantizer", QuantizerResult::name)
                .words("options", measured -> OptionEntry.words(measured.options()));
        factors.forEach(factor -> table.number(
                factor + "x", measured -> Percent.of(measured.at(factor).mean())));
        table.number(
                "\u00b1 at " + least + "x",
                measured -> Percent.of(
                        (measured.at(least).high() - measured.at(least).low()) / 2));
        if (hasSeen(advice)) {
            table.number("seen/new " + least + "x", measured -> seen(measured.seen(), least));
        }
        if (advice.fullPrecision().labels() != null) {
            table.number("mAP", measured -> mean(measured.labels(), QuantizerResult.Labeled::map))
                    .number("P@10", measured -> mean(measured.labels(), QuantizerResult.Labeled::precision));
        }
        if (advice.fullPrecision().judged() != null) {
            table.number("nDCG@10", measured -> mean(measured.gain(), gain -> gain));
        }
        return table.number("ns", measured -> format("%.1f", measured.effort().nanosPerDistance()))
                .number("train s", measured -> format("%.2f", measured.effort().trainSeconds()))
                .number("seeds", measured -> measured.effort().seeds());
    }

    private static @Nullable String seen(QuantizerResult.@Nullable Seen seen, int factor) {
        return seen == null
                ? null
                : format(
                        "%s/%s",
                        Percent.of(Objects.requireNonNull(seen.recallOfSeen().get(factor))),
                        Percent.of(Objects.requireNonNull(seen.recallOfNew().get(factor))));
    }

    private static <T> @Nullable String mean(@Nullable T measured, Function<T, CrossedMean> number) {
        return measured == null ? null : format("%.4f", number.apply(measured).mean());
    }

    /** Describes the columns. */
    public static String legend(Advice advice) {
        return format(
                "bytes: of a code, and with its share of the model. 1x, 2x, ...: recall@%1$d of all queries at this oversampling. \u00b1: half of the 95%% interval at"
                        + " %2$dx%3$s. ns: nanoseconds of one distance on one core (median over queries). train s: mean seconds to fit.",
                advice.question().neighbors(),
                factors(advice).get(0),
                hasSeen(advice)
                        ? "; wider for quantizers with a model, which are searched among fewer vectors. seen/new: recall among vectors that the"
                                + " quantizer was fitted to, and among as many new ones"
                        : "");
    }
}
