package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.DotPlot;
import io.github.linfhash.reports.page.MeanDots.Mean;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Groups;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The configurations that a report opens with, by the first metric that ranks, in the groups that a ranking of these results has. */
final class RankingSection {
    private RankingSection() {}

    /** The section; nothing where nothing that ranks was measured. */
    static Html html(Evidence evidence) {
        return first(evidence.results())
                .map(quantity ->
                        MeanDots.section(quantity, byLength(evidence, quantity), others(evidence.results()), true))
                .orElse(Html.fragment(List.of()));
    }

    /** The pictures of the section, for files beside the page. */
    static List<DotPlot> plots(Evidence evidence) {
        return first(evidence.results())
                .map(quantity -> MeanDots.plots(quantity, byLength(evidence, quantity)))
                .orElse(List.of());
    }

    /** The metric by which a report ranks. */
    static Optional<Quantity> first(Results results) {
        return results.protocol().headline().stream()
                .map(StandardMetrics::quantity)
                .filter(Quantity::ranked)
                .findFirst();
    }

    private static boolean others(Results results) {
        return results.protocol().bits().stream()
                .anyMatch(bits -> results.protocol().configurations().stream()
                                .filter(method ->
                                        !results.runs(method.entry(), bits).isEmpty())
                                .count()
                        > results.opened(bits).size());
    }

    private static Map<String, List<Mean>> byLength(Evidence evidence, Quantity quantity) {
        Map<String, List<Mean>> byLength = new LinkedHashMap<>();
        for (int bits : evidence.results().protocol().bits().stream().sorted().toList()) {
            byLength.put(MeanDots.length(evidence.results().protocol(), bits), means(evidence, quantity, bits));
        }
        return byLength;
    }

    private record Measured(Configuration method, CellValues values) {}

    private static List<Mean> means(Evidence evidence, Quantity quantity, int bits) {
        Results results = evidence.results();
        List<Measured> sorted = results.opened(bits).stream()
                .map(method -> new Measured(
                        method,
                        CellValues.ofMetric(
                                results.runs(method.entry(), bits), quantity, results.protocol(), evidence.queries())))
                .filter(one -> !one.values().isEmpty())
                .sorted(Comparator.comparingDouble(
                        one -> -quantity.direction().gain(one.values().summary().mean())))
                .toList();
        List<Groups.Member> members =
                Groups.of(sorted.stream().map(Measured::values).toList(), quantity.direction());
        return IntStream.range(0, sorted.size())
                .mapToObj(i -> new Mean(
                        sorted.get(i).method().label(),
                        sorted.get(i).values().summary(),
                        members.get(i).group()))
                .toList();
    }
}
