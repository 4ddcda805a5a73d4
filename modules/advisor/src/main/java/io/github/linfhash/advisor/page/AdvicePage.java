package io.github.linfhash.advisor.page;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.AnswerRow;
import io.github.linfhash.advisor.advice.Diagnosis;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.engine.EngineSnippet;
import io.github.linfhash.advisor.export.AnswerTable;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.program.ProgramVersion;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of advice on quantizers: one HTML file that needs nothing else, and no network. */
public final class AdvicePage {
    private static final String RECALL = "recall, %";

    private AdvicePage() {}

    /**
     * Says where advice comes from.
     *
     * @param files the names of the vectors' file and of the queries' file, if there is one
     * @param command that gives it again
     * @param date when, as year, month and day
     * @param program the version and commit
     */
    public record Provenance(List<String> files, String command, String date, ProgramVersion program) {
        public Provenance {
            files = List.copyOf(files);
        }

        private Html terms(Advice advice) {
            return Section.terms(List.of(
                    Section.term("Files", String.join(", ", files)),
                    Section.code("Command", command),
                    Section.term("Date", date),
                    Section.term("Program", "linfhash " + program.version() + ", commit " + program.commit()),
                    Section.term(
                            "Seeds",
                            advice.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")))));
        }
    }

    /**
     * The page as a text in HTML.
     *
     * @param advice what is shown
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     * @param provenance where it comes from
     */
    public static String render(Advice advice, @Nullable EngineSnippet paste, Provenance provenance) {
        String lead = format(
                "%d vectors of dimension %d, %d queries, %d nearest neighbors by %s. %d vectors were searched%s.",
                advice.givenRows(),
                advice.dimension(),
                advice.queries(),
                advice.neighbors(),
                advice.similarity().name().toLowerCase(Locale.ROOT),
                advice.rows(),
                (advice.training() > 0 ? ", and quantizers fitted to " + advice.training() + " others" : "")
                        + (advice.givenRows() > advice.rows()
                                ? "; recall is predicted for " + advice.predictedRows()
                                : ""));
        return PageShell.render(
                "Quantizers for these vectors",
                List.of(Section.lead(lead)),
                List.of(
                        answer(advice, paste),
                        advice(advice, paste),
                        curves(advice),
                        vectors(advice),
                        table(advice),
                        Section.of("provenance", "Provenance").add(provenance.terms(advice))),
                true,
                provenance.program().version());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static Html answer(Advice advice, @Nullable EngineSnippet paste) {
        Element section = Section.of("answer", "Answer")
                .add(Section.table(
                        "Recommended codes", "", AnswerTable.caption(advice, paste), AnswerTable.of(advice, paste)));
        if (advice.answer().stream().anyMatch(row -> !row.rescoring().isEmpty())) {
            section = section.add(
                    Section.table("Rescoring", "", AnswerTable.rescoringCaption(), AnswerTable.rescoring(advice)));
        }
        for (AnswerRow row : paste == null ? advice.answer() : List.<AnswerRow>of()) {
            Optional<String> command = AnswerTable.command(advice, row);
            if (row.target().isPresent() && command.isPresent()) {
                section = section.add(
                        Element.of(
                                "p",
                                format("For a recall of %.2f:", row.target().getAsDouble())),
                        Element.of("pre").with("tabindex", "0").add(Element.of("code", command.get())));
            }
        }
        return section;
    }

    private static Html advice(Advice advice, @Nullable EngineSnippet paste) {
        Element section = Section.of("advice", "In words");
        for (String note : paste == null ? List.<String>of() : paste.notes()) {
            section = section.add(Element.of("p", note));
        }
        for (double target : Advice.TARGETS) {
            section = section.add(Element.of("p", advice.sentence(target)));
            List<Html> others = advice.target(target).alternatives().stream()
                    .map(choice -> Html.text(format(
                            "or with %d bytes and %dx oversampling: %s (%s), recall %.3f, rescoring the best %d codes",
                            choice.quantizer().bytes(),
                            choice.oversampling(),
                            choice.quantizer().name(),
                            Advice.options(choice.quantizer().options()),
                            choice.recall().mean(),
                            advice.rescoredCodes(choice))))
                    .toList();
            if (!others.isEmpty()) {
                section = section.add(Section.list("", others));
            }
            if (paste != null) {
                String lines = paste.lines(advice, advice.target(target));
                section = section.add(Element.of("p", paste.heading(advice, advice.target(target))))
                        .add(Element.of("pre").with("tabindex", "0").add(Element.of("code", lines)));
            }
        }
        return section.add(
                Section.list("", advice.notes().stream().map(Html::text).toList()));
    }

    private static Html curves(Advice advice) {
        Element plots = Element.of("div").with("class", "plots");
        List<Integer> factors =
                List.copyOf(advice.quantizers().get(0).recall().all().keySet());
        for (int factor : List.of(factors.get(0), factors.get(factors.size() / 2))) {
            plots = plots.add(ChartFigure.html(overBytes(advice, factor), List.of()));
        }
        for (Map.Entry<Integer, List<QuantizerResult>> ofBytes : byBytes(advice).entrySet()) {
            plots = plots.add(ChartFigure.html(overFactors(ofBytes.getKey(), ofBytes.getValue(), factors), List.of()));
        }
        return Section.of("curves", "Recall by code size and by oversampling")
                .add(Element.of("p", ofAllQueries(advice)))
                .add(plots);
    }

    private static String ofAllQueries(Advice advice) {
        return format(
                "Recall of all %d queries. The answer is chosen by half of them, whose intervals are wider, and shows the recall of the"
                        + " other half: a code whose interval here is above a target may not reach it.",
                advice.queries());
    }

    /** For each quantizer the best of its options at each number of bytes. */
    private static LineChart overBytes(Advice advice, int factor) {
        Map<String, TreeMap<Integer, CrossedMean>> best = new TreeMap<>();
        for (QuantizerResult measured : advice.quantizers()) {
            best.computeIfAbsent(measured.name(), name -> new TreeMap<>())
                    .merge(
                            measured.bytes(),
                            measured.at(factor),
                            (one, other) -> one.mean() >= other.mean() ? one : other);
        }
        Map<String, List<LinePoint>> lines = new LinkedHashMap<>();
        best.forEach((name, points) -> lines.put(
                name,
                points.entrySet().stream()
                        .map(point -> point(point.getKey(), point.getValue()))
                        .toList()));
        return new LineChart(
                "recall-bytes-" + factor,
                "Recall by code size, " + factor + "x oversampling (best " + factor * advice.neighbors() + " codes)",
                "Each line shows the best options of a quantizer at each code size. Bytes include per-vector metadata.",
                LineChart.OF_MEAN,
                ChartAxis.doubling(
                        "bytes per vector",
                        advice.quantizers().stream()
                                .mapToInt(QuantizerResult::bytes)
                                .toArray()),
                ChartAxis.percentOf(RECALL, LineChart.lines(lines)),
                LineChart.lines(lines));
    }

    private static LinePoint point(double x, CrossedMean recall) {
        return new LinePoint(x, 100 * recall.mean(), 100 * recall.low(), 100 * recall.high());
    }

    /** The numbers of bytes that at least three quantizers take. */
    private static Map<Integer, List<QuantizerResult>> byBytes(Advice advice) {
        Map<Integer, List<QuantizerResult>> all = advice.quantizers().stream()
                .collect(Collectors.groupingBy(QuantizerResult::bytes, TreeMap::new, Collectors.toList()));
        all.values().removeIf(measured -> measured.size() < 3);
        return all;
    }

    private static LineChart overFactors(int bytes, List<QuantizerResult> measured, List<Integer> factors) {
        List<QuantizerResult> sorted = measured.stream()
                .sorted(Comparator.comparingDouble(
                        one -> -one.at(factors.get(0)).mean()))
                .limit(12)
                .toList();
        Map<String, List<LinePoint>> lines = new LinkedHashMap<>();
        sorted.forEach(one -> lines.put(
                one.name() + " (" + Advice.options(one.options()) + ")",
                factors.stream().map(factor -> point(factor, one.at(factor))).toList()));
        return new LineChart(
                "recall-oversampling-" + bytes,
                "Recall by oversampling, " + bytes + " bytes",
                measured.size() > sorted.size()
                        ? "The best " + sorted.size() + " of " + measured.size() + ". The table lists all."
                        : "All configurations of exactly this size.",
                LineChart.OF_MEAN,
                new ChartAxis(
                        "oversampling",
                        ChartAxis.Scale.LOG,
                        factors.stream().map(Integer::doubleValue).toList()),
                ChartAxis.percentOf(RECALL, LineChart.lines(lines)),
                LineChart.lines(lines));
    }

    private static Html vectors(Advice advice) {
        Diagnosis found = advice.diagnosis();
        Advice.Skipped skipped = advice.skipped();
        Element section = Section.of("vectors", "The vectors");
        if (!skipped.equals(Advice.Skipped.NONE)) {
            section = section.add(Element.of(
                    "p",
                    format(
                            "Excluded because a value is not finite or the norm is 0: %d vectors and %d queries. advice.json lists them.",
                            skipped.vectors().size(), skipped.queries().size())));
        }
        return section.add(Element.of("dl")
                .add(
                        Section.term(
                                "Queries",
                                advice.drawn()
                                        ? "sampled from the vectors and removed from the database"
                                        : "from a file; no quantizer was trained on them"),
                        Section.term(
                                "Duplicates",
                                format(
                                        "%d queries are equal to a database vector; %d are within a thousandth of the typical"
                                                + " distance to one",
                                        found.exactDuplicates(), found.nearDuplicates())),
                        Section.term(
                                "Norms",
                                format(
                                        "%.4g to %.4g, mean %.4g",
                                        found.leastLength(), found.greatestLength(), found.meanLength())),
                        Section.term(
                                "Mean vector",
                                format(
                                        "%.1f%% of the mean squared norm, which centering removes",
                                        100 * found.centering())),
                        Section.term(
                                "Flatness",
                                format(
                                        "%.3f after centering; 0.798 for random directions, 1 if all coordinates have the same magnitude",
                                        found.flatness())),
                        Section.term(
                                "Isotropy",
                                format("%.3f; 1 if the variance is the same in all directions", found.isotropy())),
                        Section.term(
                                "Intrinsic dimension",
                                format("%.1f, estimated from the two nearest neighbors", found.intrinsicDimension())),
                        Section.term(
                                "Largest hub",
                                format(
                                        "one vector is among the nearest neighbors of %.1f%% of the queries",
                                        100 * found.largestHub()))));
    }

    private static <T> @Nullable String mean(@Nullable T measured, Function<T, CrossedMean> number) {
        return measured == null ? null : format("%.4f", number.apply(measured).mean());
    }

    private static Html table(Advice advice) {
        List<Integer> factors =
                List.copyOf(advice.quantizers().get(0).recall().all().keySet());
        Listing.OfRows<QuantizerResult> table = Listing.of(advice.quantizers().stream()
                        .sorted(Comparator.comparingInt(QuantizerResult::bytes)
                                .thenComparing(
                                        measured -> -measured.at(factors.get(0)).mean()))
                        .toList())
                .head("quantizer", QuantizerResult::name)
                .words("options", measured -> Advice.options(measured.options()))
                .number("bytes", QuantizerResult::bytes)
                .number("with model", measured -> format("%.1f", measured.bytesAt(advice.givenRows())));
        for (int factor : factors) {
            table.number(
                    factor + "x", measured -> format("%.3f", measured.at(factor).mean()));
        }
        int least = factors.get(0);
        table.number(
                "± at " + least + "x",
                measured -> format(
                        "%.3f", (measured.at(least).high() - measured.at(least).low()) / 2));
        QuantizerResult.Labeled floats = advice.floats();
        if (floats != null) {
            table.number("mAP", measured -> mean(measured.labels(), QuantizerResult.Labeled::map))
                    .number("precision@10", measured -> mean(measured.labels(), QuantizerResult.Labeled::precision));
        }
        Advice.Judged judged = advice.judged();
        if (judged != null) {
            table.number("nDCG@10", measured -> mean(measured.gain(), gain -> gain));
        }
        table.number("ns per distance", measured -> format("%.1f", measured.nanosPerDistance()))
                .number("training, s", measured -> format("%.2f", measured.trainSeconds()))
                .number("seeds", QuantizerResult::seeds);
        Element section = Section.of("quantizers", "All measured quantizers");
        if (floats != null) {
            section = section.add(Element.of(
                    "p",
                    format(
                            "With labels as relevance, full-precision vectors have a mAP of %.4f and a precision@10 of %.4f.",
                            floats.map().mean(), floats.precision().mean())));
        }
        if (judged != null) {
            section = section.add(Element.of("p", judged(judged, advice.queries())));
        }
        for (Advice.Refused refused : advice.refused()) {
            section = section.add(Element.of("p", "Not measured: " + refused.sentence()));
        }
        Advice.Screening screening = advice.screening();
        if (screening != null) {
            section = section.add(Element.of(
                    "p",
                    format(
                            "Screened on %d vectors with %d queries: %d quantizers are not measured on all, because they do not reach the"
                                    + " recall there or others reach it with fewer bytes. advice.json lists them.",
                            screening.rows(),
                            screening.queries(),
                            screening.dropped().size())));
        }
        if (!advice.leftOut().isEmpty()) {
            section = section.add(Element.of(
                    "p",
                    "Skipped (slow or duplicate): " + String.join(", ", advice.leftOut())
                            + ". Use --include-slow to include them."));
        }
        return section.add(Section.table(
                "Quantizers",
                "sortable",
                "Recall@" + advice.neighbors() + " of all queries by oversampling; bytes include per-vector metadata",
                table));
    }

    private static String judged(Advice.Judged judged, int queries) {
        return format(
                "With judgments as relevance, full-precision vectors have an nDCG@10 of %.4f (95%% interval %.4f to %.4f) over"
                        + " %d queries; %d queries without a relevant vector are excluded. Also excluded: %d judgments of other"
                        + " queries and %d of other vectors.",
                judged.floats().mean(),
                judged.floats().low(),
                judged.floats().high(),
                judged.queries(),
                queries - judged.queries(),
                judged.ofOtherQueries(),
                judged.ofOtherRows());
    }
}
