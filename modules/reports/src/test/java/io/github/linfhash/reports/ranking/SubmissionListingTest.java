package io.github.linfhash.reports.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.QuantityText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The submission is "mine", equal to "lsh" and ahead of "ksh" by a tenth and a little of the seed's. */
class SubmissionListingTest {
    private static final List<Quantity> METRICS =
            List.of(StandardMetrics.MAP.quantity(), StandardMetrics.RECALL_2.quantity());
    private static final Results MINE = SampleLeaderboards.external(made("mine"));
    private static final Results OURS = made("lsh", "ksh");

    private static Results made(String... methods) {
        return MadeResults.of(
                List.of(methods),
                List.of(8, 12),
                5,
                (method, bits, seed) ->
                        0.5 + bits / 100.0 + 0.01 * seed - (method.equals("ksh") ? 0.1 + 0.001 * (seed % 2) : 0));
    }

    private static Map<String, Listing> tables(@Nullable Results ours) {
        return new SubmissionListing(
                        "mine",
                        Path.of("result/results.json"),
                        Evidence.without(MINE),
                        Optional.ofNullable(ours)
                                .map(others -> new SubmissionListing.Baseline(
                                        Path.of("ours/results.json"), Evidence.without(others))),
                        METRICS)
                .tables();
    }

    private static Listing table(@Nullable Results ours, String name) {
        return Objects.requireNonNull(tables(ours).get(name));
    }

    /** The rows with the texts of their cells, by column. */
    private static List<Map<String, String>> rows(Listing table) {
        return table.objects().stream()
                .map(row -> {
                    Map<String, String> texts = new LinkedHashMap<>();
                    row.forEach((column, cell) -> texts.put(column, Objects.toString(cell, "")));
                    return texts;
                })
                .toList();
    }

    private static Map<String, String> row(Listing table, String method, int bits) {
        return rows(table).stream()
                .filter(row -> method.equals(row.get("method"))
                        && Integer.toString(bits).equals(row.get("bits")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutOthersThereAreMeansAlone() {
        assertThat(tables(null)).containsOnlyKeys("summary", "metrics");
        assertThat(table(null, "summary").names()).containsExactly("bits", "method", "map", "seeds");
        assertThat(table(null, "metrics").names()).containsExactly("bits", "metric", "mean", "seeds");
        assertThat(table(null, "metrics").rows()).hasSize(4);
    }

    /** Two methods at each length and in each metric. */
    @Test
    void eachMethodIsComparedAtEachLengthInEachMetric() {
        assertThat(table(OURS, "summary").names())
                .containsExactly("bits", "method", "map", "seeds", "group", "p to best", "difference", "p", "tests");
        assertThat(rows(table(OURS, "summary")))
                .extracting(row -> row.get("method"))
                .containsOnly("mine", "lsh", "ksh");
        Listing against = table(OURS, "against");
        assertThat(against.names())
                .containsExactly(
                        "method", "bits", "metric", "method's", "submission's", "difference", "p", "tests", "seeds");
        assertThat(rows(against))
                .hasSize(8)
                .allSatisfy(row -> assertThat(row).containsEntry("tests", "2").containsEntry("seeds", "5"));
        assertThat(row(against, "lsh", 8)).containsEntry("p", "1.000");
        assertThat(row(against, "lsh", 8).get("difference")).startsWith("0 ± ");
        // 10 percent and, in two seeds of five, 0.1 more.
        assertThat(row(against, "ksh", 8).get("difference")).startsWith("10.04 ± ");
        for (int bits : List.of(8, 12)) {
            for (String method : List.of("lsh", "ksh")) {
                assertThat(row(table(OURS, "summary"), method, bits).get("p"))
                        .isEqualTo(row(against, method, bits).get("p"));
            }
        }
    }

    @Test
    void groupsAndTheirTestsAreThoseOfARankingOfTheSameResults() {
        Leaderboard standing = SampleLeaderboards.of(
                        SampleLeaderboards.own("ours", OURS), SampleLeaderboards.own("result", MINE))
                .standings()
                .get(0);
        List<Ranking> byMap = standing.rankings().stream()
                .filter(ranking -> ranking.quantity().key().equals("map"))
                .toList();
        assertThat(byMap).isNotEmpty();
        for (Ranking ranking : byMap) {
            for (Ranking.Place place : ranking.places()) {
                assertThat(row(table(OURS, "summary"), place.participant().key(), ranking.bits()))
                        .containsEntry("group", "g" + place.group())
                        .containsEntry("p to best", QuantityText.p(place.p()));
            }
        }
    }
}
