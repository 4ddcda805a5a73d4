package io.github.linfhash.advisor.export;

import static io.github.linfhash.advisor.export.AdviceSentences.format;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Percent;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Advice as tables, the same in the terminal and on the page, and as text.
 *
 * @param advice the measurements
 * @param paste the lines to paste for an engine; null without an engine
 */
public record AdviceListing(Advice advice, @Nullable EngineSnippet paste) {
    /** Describes the columns of the recall after rescoring. */
    public static final String RESCORING =
            "Bytes are those kept of each vector besides its code, and those read of them for the best codes of a query.";

    private static final double LARGE = 99.95;
    private static final double THOUSAND = 1000;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    /** Returns the answer as a table and in sentences, the properties of the vectors, and all measurements. */
    public String text() {
        AdviceSentences sentences = new AdviceSentences(advice);
        StringBuilder text = new StringBuilder();
        text.append(answer().text()).append('\n').append(caption()).append("\n\n");
        if (!rescoring().rows().isEmpty()) {
            text.append(rescoring().text()).append('\n').append(RESCORING).append("\n\n");
        }
        for (double target : advice.question().targets()) {
            text.append(sentences.target(target)).append('\n');
            if (paste == null) {
                text.append(commands(advice.target(target)));
            }
            sentences
                    .alternatives(target)
                    .forEach(other -> text.append("  ").append(other).append('\n'));
        }
        sentences.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        if (paste != null) {
            paste.notes().forEach(note -> text.append(note).append('\n'));
        }
        Listing vectors = new Listing("vectors", "");
        sentences.facts().forEach(vectors::add);
        text.append('\n').append(vectors.text()).append('\n');
        text.append(measured().text()).append(legend()).append("\n\n");
        sentences.unmeasured().forEach(sentence -> text.append(sentence).append('\n'));
        if (paste != null) {
            for (double target : advice.question().targets()) {
                Targets.Target found = advice.target(target);
                text.append('\n').append(paste.heading(advice, found)).append("\n\n");
                text.append(paste.lines(advice, found));
            }
        }
        return text.toString();
    }

    private String commands(Targets.Target target) {
        return command(target.nearest()).map(command -> "  " + command + "\n").orElse("")
                + target.written().map(this::written).orElse("");
    }

    private String written(Targets.Choice choice) {
        return format(
                "  'linfhash quantize' does not write it. Of what it writes, %s with %d bytes and %dx oversampling, recall %s:\n  %s\n",
                AdviceSentences.named(choice.quantizer()),
                choice.quantizer().bytes(),
                choice.oversampling(),
                Percent.of(choice.recall().mean()),
                command(choice).orElseThrow());
    }

    /** Returns the rows of the answer as a table. */
    public Listing answer() {
        Listing.OfRows<Targets.AnswerRow> table = Listing.of(advice.answer())
                .head("target", row -> target(row))
                .words("code", row -> AdviceSentences.named(row.choice().quantizer()))
                .number("bytes", row -> format("%.1f", row.bytes()))
                .number("smaller", row -> format(row.timesSmaller() > LARGE ? "%.0fx" : "%.1fx", row.timesSmaller()))
                .number("codes", row -> size(row.memoryBytes()));
        if (paste != null && paste.countsIndex()) {
            table.number("index", row -> size(paste.indexBytes(advice, row.choice())));
        }
        return table.number("oversampling", row -> row.choice().oversampling() + "x")
                .number(
                        "recall@" + advice.question().neighbors(),
                        row -> recall(row.choice().recall()));
    }

    /** Returns the recall of each recommended code where less than float32 is kept of the vectors for rescoring. */
    public Listing.OfRows<?> rescoring() {
        return Listing.of(advice.answer().stream()
                        .flatMap(row -> row.rescoring().stream().map(one -> new Rescored(row, one)))
                        .toList())
                .head("target", one -> Percent.exact(one.row.target().orElseThrow()))
                .words("rescored from", one -> one.rescoring.from())
                .number("bytes kept", one -> Integer.toString(one.rescoring.bytes()))
                .number("read per query", one -> size((double) one.rescoring.readBytes()))
                .number("recall@" + advice.question().neighbors(), one -> recall(one.rescoring.recall()))
                .words("reached", one -> one.rescoring.reached() ? "yes" : "no");
    }

    private record Rescored(Targets.AnswerRow row, Targets.AnswerRow.Rescoring rescoring) {}

    /** Describes the columns of the answer. */
    public String caption() {
        boolean index = paste != null && paste.countsIndex();
        return format(
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

    /** Returns the command that writes the codes of a choice; empty for what {@code linfhash quantize} does not write. */
    public Optional<String> command(Targets.Choice choice) {
        return QuantizeLine.of(
                choice.quantizer().name(),
                choice.quantizer().options(),
                advice.question().similarity());
    }

    private String target(Targets.AnswerRow row) {
        if (row.target().isEmpty()) {
            return "to compare";
        }
        double target = row.target().getAsDouble();
        return Percent.exact(target) + (row.reached() ? "" : ", " + new AdviceSentences(advice).shortfall(target));
    }

    private String recall(CrossedMean recall) {
        return Percent.of(recall.mean(), recall.low(), recall.high())
                + (advice.sample().coversAll()
                        ? ""
                        : " among " + advice.sample().predictedRows());
    }

    /** A number of bytes with three digits and a decimal unit. */
    static String size(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND && unit < UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return format(value > LARGE ? "%.0f %s" : value > LARGE / 10 ? "%.1f %s" : "%.2f %s", value, UNITS[unit]);
    }

    private List<Integer> factors() {
        return List.copyOf(advice.quantizers().get(0).recall().all().keySet());
    }

    private boolean hasSeen() {
        return advice.quantizers().stream().anyMatch(one -> one.seen() != null);
    }

    /** Returns all measured quantizers as a table, by bytes and then by recall. */
    public Listing measured() {
        List<Integer> factors = factors();
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
        if (hasSeen()) {
            table.number("seen/new " + least + "x", measured -> seen(measured.seen(), least));
        }
        if (advice.labels() != null) {
            table.number("mAP", measured -> mean(measured.labels(), QuantizerResult.Labeled::map))
                    .number("P@10", measured -> mean(measured.labels(), QuantizerResult.Labeled::precision));
        }
        if (advice.judged() != null) {
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

    /** Describes the columns of the measured quantizers. */
    public String legend() {
        return format(
                "bytes: of a code, and with its share of the model. 1x, 2x, ...: recall@%1$d of all queries at this oversampling. \u00b1: half of the 95%% interval at"
                        + " %2$dx%3$s. ns: nanoseconds of one distance on one core (median over queries). train s: mean seconds to fit.",
                advice.question().neighbors(),
                factors().get(0),
                hasSeen()
                        ? "; wider for quantizers with a model, which are searched among fewer vectors. seen/new: recall among vectors that the"
                                + " quantizer was fitted to, and among as many new ones"
                        : "");
    }
}
