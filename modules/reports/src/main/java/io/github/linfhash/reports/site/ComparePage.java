package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.reports.page.MeanDots;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.RankedConfiguration;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Two methods side by side, which a script lays out of the values by seed that the page holds: the difference of each pair of
 * runs, its mean, and the 95% interval of the mean.
 */
record ComparePage(Leaderboards board, SiteShell shell, SiteNames names) {
    private static final String PATH = "compare.html";
    private static final int DIGITS = 7;
    private static final int MOST_FREEDOM = 60;

    /** A metric as the script shows it. */
    private record Column(String title, int factor, String unit, int better) {}

    /** Values by code length, then in the order of the metrics, then by tuning run and seed. */
    private record Row(String name, String label, Map<Integer, List<Map<Integer, Map<Long, Double>>>> values) {}

    /** The rows of a protocol, with its code lengths in words by bits. */
    private record Group(
            String name,
            String title,
            String page,
            Map<Integer, String> lengths,
            List<Column> metrics,
            List<Row> rows) {}

    /** All the page has; quantiles of Student's t for two-sided 95%, by degrees of freedom from 1. */
    private record Data(List<Double> quantiles, List<Group> protocols) {}

    String html() {
        List<Group> groups = new ArrayList<>();
        Set<String> protocols = new HashSet<>();
        for (Leaderboard standing : board.standings()) {
            if (protocols.add(standing.version().protocol())) {
                groups.add(group(standing));
            }
        }
        List<Double> quantiles = IntStream.rangeClosed(1, MOST_FREEDOM)
                .mapToObj(freedom -> rounded(new TDistribution(null, freedom).inverseCumulativeProbability(0.975)))
                .toList();
        Html lead = Section.lead(
                "This page compares two configurations of one protocol under the latest rules that have results, over the"
                        + " tuning runs and seeds of both. An"
                        + " interval that excludes zero is marked. The marks are not corrected for multiple comparisons: of"
                        + " configurations that do not differ, one in twenty pairs is marked by chance.");
        Html place = Element.of("div")
                .with("id", "compare")
                .add(Section.p(
                        "The comparison requires JavaScript. Without it, the {} show the same means.",
                        SiteShell.link(PATH, "index.html", "rankings")));
        return shell.page(
                PATH,
                "Compare two",
                List.of(lead),
                List.of(place, Html.data("compare-data", StrictReader.toJsonLine(new Data(quantiles, groups)))));
    }

    private Group group(Leaderboard standing) {
        List<Quantity> metrics = standing.headline().isEmpty() ? standing.quantities() : standing.headline();
        List<Column> columns = metrics.stream()
                .map(metric -> new Column(
                        metric.title(),
                        metric.kind().factor(),
                        metric.kind() == Quantity.Kind.FRACTION ? "%" : "",
                        switch (metric.direction()) {
                            case HIGHER -> 1;
                            case LOWER -> -1;
                            case NONE -> 0;
                        }))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (RankedConfiguration participant : standing.participants()) {
            Map<Integer, List<Map<Integer, Map<Long, Double>>>> values = new LinkedHashMap<>();
            for (int bits : participant.bits()) {
                values.put(
                        bits,
                        metrics.stream()
                                .map(metric -> values(participant, metric, bits))
                                .toList());
            }
            rows.add(new Row(participant.key(), participant.label(), values));
        }
        Map<Integer, String> lengths = new LinkedHashMap<>();
        standing.bits().forEach(bits -> lengths.put(bits, MeanDots.length(standing.protocol(), bits)));
        return new Group(
                standing.protocol().name(),
                SiteShell.title(board, standing),
                names.standing(standing) + ".html",
                lengths,
                columns,
                rows);
    }

    private static Map<Integer, Map<Long, Double>> values(RankedConfiguration participant, Quantity metric, int bits) {
        Map<Integer, Map<Long, Double>> values =
                participant.metric(metric, bits).values();
        values.values().forEach(search -> search.replaceAll((seed, value) -> rounded(value)));
        return values;
    }

    private static double rounded(double value) {
        return new BigDecimal(value, new MathContext(DIGITS)).doubleValue();
    }
}
