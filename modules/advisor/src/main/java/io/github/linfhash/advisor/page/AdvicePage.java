package io.github.linfhash.advisor.page;

import static io.github.linfhash.advisor.export.AdviceSentences.format;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.engine.QuantizeLine;
import io.github.linfhash.advisor.export.AdviceListing;
import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.advisor.export.EngineSnippet;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.builder.HtmlTable;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Percent;
import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.quantizers.Prefix;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of advice on quantizers: one HTML file that needs nothing else, and no network. */
public final class AdvicePage {
    private static final String RECALL = "recall, %";

    private AdvicePage() {}

    /**
     * Says where advice comes from.
     *
     * @param vectors the name of the vectors' file
     * @param queries the name of the queries' file; null where queries were sampled
     * @param command that gives it again
     * @param date when, as year, month and day
     * @param program the version and commit
     */
    public record Provenance(
            String vectors, @Nullable String queries, String command, String date, ProgramVersion program) {
        private String measure(EngineSnippet paste) {
            return "linfhash measure --engine " + paste.engine() + " --database URL --vectors "
                    + QuantizeLine.Files.of(vectors).vectors()
                    + (queries == null
                            ? ""
                            : " --queries " + QuantizeLine.Files.of(queries).vectors());
        }

        private Html terms(Advice advice) {
            return Section.terms(List.of(
                    Section.code("Command", command),
                    Section.term("Date", date),
                    Section.term("Program", "linfhash " + program.version() + ", commit " + program.commit()),
                    Section.term(
                            "Seeds",
                            advice.question().seeds().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")))));
        }
    }

    /**
     * Returns the page as a text in HTML.
     *
     * @param advice what is shown
     * @param paste what the user of an engine pastes, for the choices; null without an engine
     * @param provenance where it comes from
     */
    public static String render(Advice advice, @Nullable EngineSnippet paste, Provenance provenance) {
        AdviceSentences sentences = new AdviceSentences(advice);
        AdviceListing listing = new AdviceListing(advice, paste, QuantizeLine.Files.of(provenance.vectors()));
        String lead = format(
                "%d vectors of dimension %d, %d queries %s, %d nearest neighbors by %s.",
                advice.sample().givenRows(),
                advice.sample().dimension(),
                advice.sample().queries(),
                provenance.queries() == null ? "sampled from them" : "of " + provenance.queries(),
                advice.question().neighbors(),
                advice.question().similarity().name().toLowerCase(Locale.ROOT));
        return PageShell.render(
                "Codes for " + provenance.vectors(),
                List.of(Section.lead(lead)),
                List.of(
                        answer(advice, sentences, listing, provenance),
                        recall(advice, sentences, paste),
                        Section.folding("quantizers", "All measured quantizers", false, table(listing, sentences)),
                        Section.folding(
                                "vectors",
                                "The vectors",
                                false,
                                List.of(Element.of("dl")
                                        .addAll(sentences.facts().entrySet().stream()
                                                .map(fact -> Section.term(fact.getKey(), fact.getValue()))
                                                .toList()))),
                        Section.folding("provenance", "Provenance", false, List.of(provenance.terms(advice)))),
                true,
                provenance.program().version());
    }

    private static Html answer(Advice advice, AdviceSentences sentences, AdviceListing listing, Provenance provenance) {
        Element section = Section.of("answer", "Answer")
                .add(Section.table("Recommended codes", HtmlTable.STACKED, listing.caption(), listing.answer()));
        for (double target : advice.question().targets()) {
            Optional<String> shortfall = sentences.shortfallSentence(target);
            if (shortfall.isPresent()) {
                section = section.add(Element.of("p", shortfall.get()));
            }
            for (String other : sentences.alternatives(target)) {
                section = section.add(Element.of(
                        "p", "For a recall of " + Percent.exact(target) + " with less oversampling: " + other));
            }
        }
        for (AdviceListing.Pasted pasted : listing.pasted()) {
            section = section.add(Element.of("p", pasted.heading()));
            if (!pasted.lines().isEmpty()) {
                section = section.add(Section.pasted(pasted.lines()));
            }
        }
        EngineSnippet paste = listing.paste();
        if (paste != null && paste.notes().contains(EngineSnippet.NEXT)) {
            section = section.add(
                    Element.of("p", "Next, build the index and measure its recall, latency and bytes:"),
                    Section.pasted(provenance.measure(paste)));
        }
        return listing.rescoring().rows().isEmpty()
                ? section
                : section.add(Section.folded(
                        "Recall if less than float32 is kept for rescoring",
                        Section.table("Rescoring", "", AdviceListing.RESCORING, listing.rescoring())));
    }

    private static Html recall(Advice advice, AdviceSentences sentences, @Nullable EngineSnippet paste) {
        List<Integer> factors =
                List.copyOf(advice.quantizers().get(0).recall().all().keySet());
        Set<Integer> shown = new LinkedHashSet<>();
        advice.question()
                .targets()
                .forEach(target -> shown.add(advice.target(target).nearest().oversampling()));
        int first = shown.iterator().next();
        shown.add(factors.get(0));
        shown.remove(first);
        List<Html> others = new ArrayList<>();
        shown.forEach(factor -> others.add(ChartFigure.html(overBytes(advice, factor), List.of())));
        byBytes(advice)
                .forEach((bytes, measured) ->
                        others.add(ChartFigure.html(overFactors(bytes, measured, factors), List.of())));
        List<String> notes = new ArrayList<>(sentences.notes());
        if (paste != null) {
            paste.notes().stream()
                    .filter(note -> !note.equals(EngineSnippet.NEXT))
                    .forEach(notes::add);
        }
        return Section.of("recall", "Recall by code size")
                .add(Element.of("div")
                        .with("class", "beside")
                        .add(
                                ChartFigure.html(overBytes(advice, first), List.of()),
                                Section.list("", notes.stream().map(Html::text).toList())))
                .add(Section.folded(
                        "Charts of other oversampling",
                        Element.of("div").with("class", "plots paired").addAll(others)));
    }

    /** For each quantizer the best of its options at each number of bytes, with a ring around the choices at this oversampling. */
    private static LineChart overBytes(Advice advice, int factor) {
        Map<String, TreeMap<Integer, CrossedMean>> best = new TreeMap<>();
        for (QuantizerResult measured : advice.quantizers()) {
            String name = measured.options() instanceof Prefix.Options cut
                    ? measured.name() + " of " + cut.prefix() + " dimensions"
                    : measured.name();
            best.computeIfAbsent(name, key -> new TreeMap<>())
                    .merge(
                            measured.bytes(),
                            measured.at(factor),
                            (one, other) -> one.mean() >= other.mean() ? one : other);
        }
        int[] sizes =
                advice.quantizers().stream().mapToInt(QuantizerResult::bytes).toArray();
        Map<String, List<LinePoint>> points = new LinkedHashMap<>();
        best.forEach((name, line) -> points.put(
                name,
                line.entrySet().stream()
                        .map(point -> point(point.getKey(), point.getValue()))
                        .toList()));
        List<LineSeries> lines = LineChart.lines(points);
        List<Double> levels =
                advice.question().targets().stream().map(AdvicePage::percent).toList();
        Map<Targets.Choice, List<String>> choices = new LinkedHashMap<>();
        for (double target : advice.question().targets()) {
            Targets.Choice choice = advice.target(target).nearest();
            if (choice.oversampling() == factor) {
                choices.computeIfAbsent(choice, key -> new ArrayList<>()).add(String.valueOf(Percent.exact(target)));
            }
        }
        double least = LineChart.numbers(lines, LinePoint::low).min().orElseThrow();
        double most = LineChart.numbers(lines, LinePoint::high).max().orElseThrow();
        return new LineChart(
                "recall-bytes-" + factor,
                "Recall at " + factor + "x oversampling (best "
                        + factor * advice.question().neighbors() + " codes)",
                format(
                        "Each line shows the best options of a quantizer at each code size, over all %d queries. Dashed: the targets. Ring: what the"
                                + " answer has for a target, chosen by half of the queries, whose intervals are wider. Bytes include per-vector"
                                + " metadata.",
                        advice.sample().queries()),
                LineChart.OF_MEAN,
                ChartAxis.doubling("bytes per vector", sizes),
                ChartAxis.percentOf(
                        RECALL, Math.min(least, Collections.min(levels)), Math.max(most, Collections.max(levels))),
                lines,
                new LineChart.Highlights(
                        levels,
                        choices.entrySet().stream()
                                .map(one -> new LineChart.Mark(
                                        "for " + String.join(" and ", one.getValue()),
                                        one.getKey().quantizer().bytes(),
                                        100
                                                * one.getKey()
                                                        .quantizer()
                                                        .at(factor)
                                                        .mean()))
                                .toList()));
    }

    /** Returns a target in percent, without the rounding error of a product. */
    private static double percent(double target) {
        return BigDecimal.valueOf(target).scaleByPowerOfTen(2).doubleValue();
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
                AdviceSentences.named(one),
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

    private static List<Html> table(AdviceListing listing, AdviceSentences sentences) {
        List<Html> parts = new ArrayList<>();
        sentences.unmeasured().forEach(sentence -> parts.add(Element.of("p", sentence)));
        parts.add(Section.table("Quantizers", "sortable", listing.legend(), listing.measured()));
        return parts;
    }
}
