package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.DotPlot;
import io.github.linfhash.html.charts.DotPlot.Dot;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.List;
import java.util.Map;

/** The picture that reports and rankings open with: all methods by one metric, best on top, drawn from means and intervals alone. */
public final class MeanDots {
    /** How many code lengths are in view at first. */
    private static final int SHOWN = 2;

    private MeanDots() {}

    /**
     * A configuration in the picture.
     *
     * @param label its name for people
     * @param summary of its values
     * @param group its group; 0 where it has none
     */
    public record Mean(String label, Summary summary, int group) {}

    /**
     * The pictures of all code lengths that have means.
     *
     * @param byLength code lengths in words, such as {@code 48 bits}, each with its means, best first
     */
    public static List<DotPlot> plots(Quantity quantity, Map<String, List<Mean>> byLength) {
        return byLength.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(one -> plot(quantity, one.getKey(), one.getValue()))
                .toList();
    }

    /**
     * The section with the pictures of all code lengths; nothing where there is no mean.
     *
     * @param byLength code lengths in words, such as {@code 48 bits}, each with its means, best first
     * @param others whether there are configurations that are not among these
     * @param filed whether the pictures lie as files beside the page
     */
    public static Html section(Quantity quantity, Map<String, List<Mean>> byLength, boolean others, boolean filed) {
        List<Element> plots = plots(quantity, byLength).stream()
                .map(plot -> plot.html(filed ? ChartFigure.FOLDER + "/" + plot.id() + ".svg" : ""))
                .toList();
        if (plots.isEmpty()) {
            return Html.fragment(List.of());
        }
        Element section = Section.of("dots", quantity.title() + " of each method")
                .add(plots(plots.subList(0, Math.min(SHOWN, plots.size()))))
                .add(Element.of("p", note(byLength, others)).with("class", "legend"));
        return plots.size() <= SHOWN
                ? section
                : section.add(Section.folded(
                        "More code lengths (" + (plots.size() - SHOWN) + ")",
                        plots(plots.subList(SHOWN, plots.size()))));
    }

    /** A code length in words: in bytes where codes are judged by the neighbors that they find, as these differ in size by much. */
    public static String length(ProtocolSummary protocol, int bits) {
        return ofNeighbors(protocol) && bits % Byte.SIZE == 0 ? bits / Byte.SIZE + " bytes" : bits + " bits";
    }

    /** Whether codes are judged by the full-precision neighbors that they find. */
    public static boolean ofNeighbors(ProtocolSummary protocol) {
        return StandardMetrics.NEIGHBOR_RECALLS.stream()
                .anyMatch(recall -> protocol.headline().contains(recall.key()));
    }

    private static Element plots(List<Element> plots) {
        return Element.of("div").with("class", "rankings").addAll(plots);
    }

    private static String note(Map<String, List<Mean>> byLength, boolean others) {
        boolean grouped = byLength.values().stream().flatMap(List::stream).anyMatch(mean -> mean.group() > 0);
        boolean intervals = byLength.values().stream()
                .flatMap(List::stream)
                .anyMatch(mean -> mean.summary().interval().isPresent());
        return (intervals ? "Lines: 95% intervals. " : "")
                + (grouped
                        ? "Methods of one color do not differ significantly."
                        : "There are no groups: nothing is tested with fewer than " + Leads.FEWEST_SEEDS + " seeds.")
                + (others ? " The table lists all configurations." : "");
    }

    private static DotPlot plot(Quantity quantity, String length, List<Mean> means) {
        return new DotPlot(
                "dots-" + length.replace(' ', '-'),
                quantity.title() + " of each method, " + length,
                length,
                "Mean" + quantity.kind().axisUnit(),
                means.stream().map(mean -> dot(quantity, mean)).toList());
    }

    private static Dot dot(Quantity quantity, Mean mean) {
        double factor = quantity.kind().factor();
        Summary summary = mean.summary();
        String number = QuantityText.mean(quantity, summary);
        String half = QuantityText.halfWidth(quantity, summary);
        return new Dot(
                mean.label(),
                Element.of("span").add(NumberHtml.of(number)).addAll(NumberHtml.spread("\u00b1", quantity, summary)),
                half.isEmpty() ? number : number + " \u00b1" + half,
                factor * summary.mean(),
                factor * summary.interval().map(CrossedMean::low).orElse(summary.mean()),
                factor * summary.interval().map(CrossedMean::high).orElse(summary.mean()),
                mean.group());
    }
}
