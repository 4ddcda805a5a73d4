package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.Diagnosis;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.engine.EngineSnippet;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.io.listings.Listing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Advice as text: the answer as a table and in sentences, what the vectors are like, and all that was measured. */
public final class AdviceListing {
    private AdviceListing() {}

    /**
     * All that was measured, and the advice for each target.
     *
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     */
    public static String of(Advice advice, @Nullable EngineSnippet paste) {
        StringBuilder text = new StringBuilder();
        text.append(AnswerTable.of(advice, paste).text()).append('\n');
        text.append(AnswerTable.caption(advice, paste)).append("\n\n");
        if (advice.answer().stream().anyMatch(row -> !row.rescoring().isEmpty())) {
            text.append(AnswerTable.rescoring(advice).text()).append('\n');
            text.append(AnswerTable.rescoringCaption()).append("\n\n");
        }
        for (double target : Advice.TARGETS) {
            text.append(advised(advice, target, paste == null));
        }
        advice.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        if (paste != null) {
            paste.notes().forEach(note -> text.append(note).append('\n'));
        }
        text.append('\n').append(vectors(advice)).append('\n').append(table(advice));
        text.append(legend(advice)).append("\n\n");
        advice.refused()
                .forEach(one ->
                        text.append("Not measured: ").append(one.sentence()).append('\n'));
        if (!advice.leftOut().isEmpty()) {
            text.append("Skipped (slow or duplicate): ")
                    .append(String.join(", ", advice.leftOut()))
                    .append(". Use --include-slow to include them.\n");
        }
        Advice.Screening screening = advice.screening();
        if (screening != null) {
            text.append(format(
                    "Screened on %d vectors with %d queries: %d quantizers are not measured on all, because they do not reach the recall there or"
                            + " others reach it with fewer bytes. Use --no-screening to measure them.%n",
                    screening.rows(), screening.queries(), screening.dropped().size()));
        }
        if (paste != null) {
            for (double target : Advice.TARGETS) {
                Advice.Target found = advice.target(target);
                text.append('\n')
                        .append(paste.heading(advice, found))
                        .append("\n\n")
                        .append(paste.lines(advice, found));
            }
        }
        return text.toString();
    }

    private static String advised(Advice advice, double target, boolean withCommand) {
        Advice.Choice nearest = advice.target(target).nearest();
        StringBuilder text = new StringBuilder(advice.sentence(target)).append('\n');
        if (withCommand) {
            QuantizeLine.of(nearest.quantizer().name(), nearest.quantizer().options(), advice.similarity())
                    .ifPresent(command -> text.append("  ").append(command).append('\n'));
        }
        if (withCommand) {
            advice.written(target)
                    .ifPresent(choice -> text.append(format(
                            "  'linfhash quantize' does not write it. Of what it writes, %s (%s) with %d bytes and %dx oversampling, recall %.3f:%n  %s%n",
                            choice.quantizer().name(),
                            Advice.options(choice.quantizer().options()),
                            choice.quantizer().bytes(),
                            choice.oversampling(),
                            choice.recall().mean(),
                            QuantizeLine.of(
                                            choice.quantizer().name(),
                                            choice.quantizer().options(),
                                            advice.similarity())
                                    .orElseThrow())));
        }
        for (Advice.Choice choice : advice.target(target).alternatives()) {
            text.append(format(
                    "  Or with %d bytes and %dx oversampling: %s (%s), recall %.3f.%n",
                    choice.quantizer().bytes(),
                    choice.oversampling(),
                    choice.quantizer().name(),
                    Advice.options(choice.quantizer().options()),
                    choice.recall().mean()));
        }
        return text.toString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace(System.lineSeparator(), "\n");
    }

    private static String vectors(Advice advice) {
        Diagnosis found = advice.diagnosis();
        Listing listing = new Listing("vectors", "");
        listing.add(
                "database",
                advice.givenRows() + " of dimension " + advice.dimension() + ", " + advice.rows() + " searched"
                        + (advice.training() > 0 ? ", " + advice.training() + " others to fit to" : ""));
        if (advice.givenRows() > advice.rows()) {
            listing.add("recall", "of new vectors, predicted for " + advice.predictedRows());
        }
        listing.add(
                "queries",
                advice.queries() + (advice.drawn() ? ", sampled from the vectors and removed from the database" : ""));
        Advice.Skipped skipped = advice.skipped();
        if (!skipped.equals(Advice.Skipped.NONE)) {
            listing.add(
                    "invalid",
                    skipped.vectors().size() + " vectors and "
                            + skipped.queries().size() + " queries, excluded");
        }
        listing.add("similarity", advice.similarity().name().toLowerCase(Locale.ROOT));
        listing.add(
                "duplicates",
                format(
                        "%d queries are equal to a database vector, %d are near one",
                        found.exactDuplicates(), found.nearDuplicates()));
        listing.add("copies", format("%d vectors are equal to another one", found.copies()));
        listing.add(
                "norms",
                format("%.4g to %.4g, mean %.4g", found.leastLength(), found.greatestLength(), found.meanLength()));
        listing.add("mean vector", format("%.1f%% of the squared norm", 100 * found.centering()));
        listing.add("flatness", format("%.3f (random directions: 0.798)", found.flatness()));
        listing.add("isotropy", format("%.3f (same variance in all directions: 1)", found.isotropy()));
        listing.add("intrinsic dimension", format("%.1f", found.intrinsicDimension()));
        if (advice.floats() != null) {
            listing.add(
                    "labels",
                    format(
                            "full-precision vectors: mAP %.4f, precision@10 %.4f",
                            advice.floats().map().mean(),
                            advice.floats().precision().mean()));
        }
        Advice.Judged judged = advice.judged();
        if (judged != null) {
            listing.add(
                    "judgments",
                    format(
                            "full-precision vectors: nDCG@10 %.4f over %d queries; %d without a relevant vector are excluded",
                            judged.floats().mean(), judged.queries(), advice.queries() - judged.queries()));
            listing.add(
                    "excluded",
                    format(
                            "%d judgments of other queries, %d of other vectors",
                            judged.ofOtherQueries(), judged.ofOtherRows()));
        }
        listing.add("largest hub", format("neighbor of %.1f%% of the queries", 100 * found.largestHub()));
        return listing.text();
    }

    private static String legend(Advice advice) {
        int least =
                advice.quantizers().get(0).recall().all().keySet().iterator().next();
        boolean seen = advice.quantizers().stream().anyMatch(one -> one.seen() != null);
        return format(
                "bytes: of a code, and with its share of the model. 1x, 2x, ...: recall@%1$d of all queries at this oversampling. \u00b1: half of the 95%% interval at"
                        + " %2$dx%3$s. ns: nanoseconds of one distance on one core (median over queries). train s: mean seconds to fit.",
                advice.neighbors(),
                least,
                seen
                        ? format(
                                "; wider for quantizers with a model, which are searched among fewer vectors. seen/new: recall among vectors that the"
                                        + " quantizer was fitted to, and among as many new ones")
                        : "");
    }

    private static String table(Advice advice) {
        List<Integer> factors =
                List.copyOf(advice.quantizers().get(0).recall().all().keySet());
        List<String> columns = new ArrayList<>(List.of("bytes", "with model", "quantizer", "options"));
        factors.forEach(factor -> columns.add(factor + "x"));
        columns.add("\u00b1 at " + factors.get(0) + "x");
        boolean seen = advice.quantizers().stream().anyMatch(one -> one.seen() != null);
        if (seen) {
            columns.add("seen/new " + factors.get(0) + "x");
        }
        if (advice.floats() != null) {
            columns.addAll(List.of("mAP", "P@10"));
        }
        if (advice.judged() != null) {
            columns.add("nDCG@10");
        }
        columns.addAll(List.of("ns", "train s", "seeds"));
        Listing listing = new Listing(columns);
        Comparator<QuantizerResult> order = Comparator.comparingInt(QuantizerResult::bytes)
                .thenComparing(measured -> -measured.at(factors.get(0)).mean());
        advice.quantizers().stream().sorted(order).forEach(measured -> {
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(measured.bytes()),
                    format("%.1f", measured.bytesAt(advice.givenRows())),
                    measured.name(),
                    Advice.options(measured.options())));
            factors.forEach(
                    factor -> cells.add(format("%.3f", measured.at(factor).mean())));
            cells.add(format(
                    "%.3f",
                    (measured.at(factors.get(0)).high()
                                    - measured.at(factors.get(0)).low())
                            / 2));
            if (seen) {
                QuantizerResult.Seen compared = measured.seen();
                cells.add(
                        compared == null
                                ? ""
                                : format(
                                        "%.3f/%.3f",
                                        Objects.requireNonNull(compared.seen().get(factors.get(0))),
                                        Objects.requireNonNull(compared.fresh().get(factors.get(0)))));
            }
            QuantizerResult.Labeled labels = measured.labels();
            if (labels != null) {
                cells.add(format("%.4f", labels.map().mean()));
                cells.add(format("%.4f", labels.precision().mean()));
            }
            if (measured.gain() != null) {
                cells.add(format("%.4f", measured.gain().mean()));
            }
            cells.add(format("%.1f", measured.nanosPerDistance()));
            cells.add(format("%.2f", measured.trainSeconds()));
            cells.add(Integer.toString(measured.seeds()));
            listing.add(cells);
        });
        return listing.text();
    }
}
