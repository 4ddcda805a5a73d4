package io.github.linfhash.advisor.page;

import static io.github.linfhash.advisor.export.AdviceSentences.format;

import io.github.linfhash.advisor.advice.Advice;
import io.github.linfhash.advisor.advice.QuantizerResult;
import io.github.linfhash.advisor.advice.Targets;
import io.github.linfhash.advisor.export.AdviceListing;
import io.github.linfhash.advisor.export.AdviceSentences;
import io.github.linfhash.advisor.export.EngineSnippet;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Percent;
import io.github.linfhash.io.program.ProgramVersion;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        String lead = format(
                "%d vectors of dimension %d, %d queries, %d nearest neighbors by %s.",
                advice.sample().givenRows(),
                advice.sample().dimension(),
                advice.sample().queries(),
                advice.question().neighbors(),
                advice.question().similarity().name().toLowerCase(Locale.ROOT));
        return PageShell.render(
                "Quantizers for these vectors",
                List.of(Section.lead(lead)),
                List.of(
                        answer(advice, paste),
                        advice(advice, sentences, paste),
                        curves(advice),
                        Section.of("vectors", "The vectors")
                                .add(Element.of("dl")
                                        .addAll(sentences.facts().entrySet().stream()
                                                .map(fact -> Section.term(fact.getKey(), fact.getValue()))
                                                .toList())),
                        table(advice, sentences),
                        Section.of("provenance", "Provenance").add(provenance.terms(advice))),
                true,
                provenance.program().version());
    }

    private static Html answer(Advice advice, @Nullable EngineSnippet paste) {
        AdviceListing listing = new AdviceListing(advice, paste);
        Element section = Section.of("answer", "Answer")
                .add(Section.table("Recommended codes", "", listing.caption(), listing.answer()));
        if (!listing.rescoring().rows().isEmpty()) {
            section = section.add(Section.table("Rescoring", "", AdviceListing.RESCORING, listing.rescoring()));
        }
        for (Targets.AnswerRow row : paste == null ? advice.answer() : List.<Targets.AnswerRow>of()) {
            Optional<String> command = listing.command(row.choice());
            if (row.target().isPresent() && command.isPresent()) {
                section = section.add(
                        Element.of(
                                "p",
                                "For a recall of " + Percent.exact(row.target().getAsDouble()) + ":"),
                        Element.of("pre").with("tabindex", "0").add(Element.of("code", command.get())));
            }
        }
        return section;
    }

    private static Html advice(Advice advice, AdviceSentences sentences, @Nullable EngineSnippet paste) {
        Element section = Section.of("advice", "In words");
        for (double target : advice.question().targets()) {
            section = section.add(Element.of("p", sentences.target(target)));
            List<String> others = sentences.alternatives(target);
            if (!others.isEmpty()) {
                section = section.add(
                        Section.list("", others.stream().map(Html::text).toList()));
            }
            if (paste != null) {
                String lines = paste.lines(advice, advice.target(target));
                section = section.add(Element.of("p", paste.heading(advice, advice.target(target))))
                        .add(Element.of("pre").with("tabindex", "0").add(Element.of("code", lines)));
            }
        }
        if (paste != null) {
            section = section.addAll(paragraphs(paste.notes()));
        }
        return section.add(
                Section.list("", sentences.notes().stream().map(Html::text).toList()));
    }

    private static List<Element> paragraphs(List<String> sentences) {
        return sentences.stream().map(sentence -> Element.of("p", sentence)).toList();
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
                .add(Element.of(
                        "p",
                        format(
                                "Recall of all %d queries. The answer is chosen by half of them, whose intervals are wider, and shows the recall of the"
                                        + " other half: a code whose interval here is above a target may not reach it.",
                                advice.sample().queries())))
                .add(plots);
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
        int[] sizes =
                advice.quantizers().stream().mapToInt(QuantizerResult::bytes).toArray();
        Map<String, List<LinePoint>> lines = new LinkedHashMap<>();
        best.forEach((name, points) -> lines.put(
                name,
                points.entrySet().stream()
                        .map(point -> point(point.getKey(), point.getValue()))
                        .toList()));
        return new LineChart(
                "recall-bytes-" + factor,
                "Recall by code size, " + factor + "x oversampling (best "
                        + factor * advice.question().neighbors() + " codes)",
                "Each line shows the best options of a quantizer at each code size. Bytes include per-vector metadata.",
                LineChart.OF_MEAN,
                ChartAxis.doubling("bytes per vector", sizes),
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

    private static Html table(Advice advice, AdviceSentences sentences) {
        AdviceListing listing = new AdviceListing(advice, null);
        return Section.of("quantizers", "All measured quantizers")
                .addAll(paragraphs(sentences.unmeasured()))
                .add(Section.table("Quantizers", "sortable", listing.legend(), listing.measured()));
    }
}
