package io.github.linfhash.reports.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.PackedQueryMetrics;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.Leads.Lead;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final Quantity MAP = StandardMetrics.quantity("map");

    /** Of one seed, 0.8 for the first, and what others are above it with each seed. */
    private static final Map<String, double[]> ABOVE = Map.of(
            "plain", new double[] {0, 0, 0, 0, 0},
            // Mean 0.0008, standard deviation 0.00164: t = 1.09.
            "near", new double[] {0.002, -0.001, 0.002, -0.001, 0.002},
            // t is beyond 1,000 for both, also after a correction for three tests.
            "far", new double[] {-0.3, -0.3001, -0.3, -0.3001, -0.3},
            "farther", new double[] {-0.4, -0.4001, -0.4001, -0.4, -0.4},
            // Mean -0.45, but from seed to seed anything between 0.3 above and the lowest: t = -1.4.
            "wild", new double[] {0.15, -0.79, -0.78, 0.1, -0.79});

    private static Ranking ranking(String... methods) {
        Results results = MadeResults.of(
                List.of(methods),
                List.of(48),
                5,
                (method, bits, seed) -> 0.8 + 0.01 * seed + above(method, (int) seed));
        return find(results, MAP);
    }

    private static double above(String method, int seed) {
        return ABOVE.getOrDefault(method, new double[5])[seed];
    }

    private static Ranking find(Results results, Quantity quantity) {
        return SampleLeaderboards.of(SampleLeaderboards.own("one", results)).standings().get(0).rankings().stream()
                .filter(ranking -> ranking.quantity().equals(quantity) && ranking.bits() == 48)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Ranking ranking) {
        return ranking.places().stream()
                .map(place -> place.participant().label() + " g" + place.group())
                .collect(Collectors.joining(", "));
    }

    @Test
    void whoCannotBeToldApartFromTheBestSharesItsGroup() {
        assertThat(text(ranking("farther", "plain", "far", "near"))).isEqualTo("near g1, plain g1, far g2, farther g3");
    }

    /** Nothing says that the last one is worse than the first; it stands below one that is. */
    @Test
    void groupsAreAnOrder() {
        assertThat(text(ranking("plain", "far", "wild"))).isEqualTo("plain g1, far g2, wild g2");
    }

    /** By itself each of a chain is level with the next; the first is not with the last. */
    @Test
    void nobodyIsInTheGroupOfOneThatIsSignificantlyBetter() {
        Results results = MadeResults.of(
                List.of("one", "two", "three"),
                List.of(48),
                5,
                (method, bits, seed) -> 0.8
                        + switch (method) {
                            case "one" -> 0.02;
                            case "two" -> 0.01 + 0.011 * (seed % 2 == 0 ? 1 : -1);
                            default -> 0.0001 * seed;
                        });
        assertThat(text(find(results, MAP))).isEqualTo("one g1, two g1, three g2");
    }

    @Test
    void ofTwoMethodsTheTestIsThatOfTheLead() {
        Results results = MadeResults.of(
                List.of("plain", "near"),
                List.of(48),
                5,
                (method, bits, seed) -> 0.8 + 0.01 * seed + above(method, (int) seed));
        Lead lead =
                Leads.of(results, List.of(MAP), QueryValues.NONE).find(MAP, 48).orElseThrow();
        Ranking ranking = find(results, MAP);
        assertThat(ranking.places().get(0).p()).isEmpty();
        assertThat(ranking.places().get(1).p().orElseThrow())
                .isCloseTo(lead.runnerUp().test().p().orElseThrow(), within(1e-12))
                .isGreaterThan(0.05);
    }

    @Test
    void theTestsAgainstTheBestAreCorrectedTogether() {
        List<Ranking.Place> places = ranking("plain", "near", "far", "wild").places();
        double[] corrected = Holm.adjust(places.stream()
                .skip(1)
                .mapToDouble(place -> places.get(0)
                        .values()
                        .minus(place.values())
                        .summary()
                        .p(0)
                        .orElseThrow())
                .toArray());
        assertThat(places.stream().skip(1).mapToDouble(place -> place.p().orElseThrow()))
                .containsExactly(Arrays.stream(corrected).boxed().toArray(Double[]::new));
    }

    /** The ranking of a results file says of every method what its page says. */
    @Test
    void theTestsAgainstTheBestAreThoseOfTheLead() {
        Results results = MadeResults.of(
                List.of("plain", "near", "far", "wild"),
                List.of(48),
                5,
                (method, bits, seed) -> 0.8 + 0.01 * seed + above(method, (int) seed));
        Lead lead =
                Leads.of(results, List.of(MAP), QueryValues.NONE).find(MAP, 48).orElseThrow();
        assertThat(find(results, MAP).places().stream().skip(1).map(Ranking.Place::p))
                .isEqualTo(lead.rivals().stream().map(rival -> rival.test().p()).toList());
    }

    @Test
    void fewerThanThreeSeedsHaveNoGroup() {
        Results results = MadeResults.of(
                List.of("a", "b"),
                List.of(48),
                2,
                (method, bits, seed) -> method.equals("a") ? 0.1 : 0.9 + 0.01 * seed);
        Ranking ranking = find(results, MAP);
        assertThat(text(ranking)).isEqualTo("b g0, a g0");
        assertThat(ranking.places()).allSatisfy(place -> assertThat(place.p()).isEmpty());
    }

    /** Beside five seeds of three methods, a method with two seeds stands where its mean is, without a group. */
    @Test
    void fewSeedsStandAmongTheOthersWithoutAGroup() {
        Results results = MadeResults.of(
                List.of("plain", "far", "farther", "few"),
                List.of(48),
                5,
                (method, bits, seed) ->
                        0.8 + 0.01 * seed + (method.equals("few") ? 0.1 + 0.001 * seed : above(method, (int) seed)));
        List<RunResult> runs = results.runs().stream()
                .filter(run -> !run.key().method().equals("few") || run.key().seed() < 2)
                .toList();
        assertThat(text(find(new Results(results.protocol(), results.environment(), runs), MAP)))
                .isEqualTo("few g0, plain g1, far g2, farther g3");
    }

    @Test
    void severalSearchesAreOnePlace() {
        Ranking ranking = find(MadeResults.searched(List.of("a", "b"), 3, 5), MAP);
        assertThat(text(ranking)).isEqualTo("a, tuned map g1, b, tuned map g2");
        assertThat(ranking.places().get(0).summary().searches()).isEqualTo(3);
        assertThat(ranking.places().get(0).summary().n()).isEqualTo(5);
        assertThat(ranking.places().get(0).participant().tuned()).isEqualTo("3 tuning runs x 200, map");
        Ranking one = find(MadeResults.searched(List.of("a", "b"), 1, 5), MAP);
        assertThat(one.places().get(0).participant().tuned()).isEqualTo("1 tuning run x 200, map");
    }

    /** Seeds that agree by accident tell apart what differs in no query by more than chance; the queries say so. */
    @Test
    void queriesBesideTheResultsCount() {
        Results results = MadeResults.of(
                List.of("a", "b"),
                List.of(48),
                5,
                (method, bits, seed) -> method.equals("a") ? 0.51 + 1e-4 * seed : 0.5);
        QueryValues values = (run, metric) -> {
            double[] ofQueries = new double[results.protocol().sizes().queries()];
            double mean = run.metrics().getOrDefault(metric, Double.NaN);
            boolean spread = run.key().method().equals("a");
            Arrays.setAll(ofQueries, q -> mean + (spread ? q % 2 == 0 ? 0.4 : -0.4 : 0));
            return Optional.of(ofQueries);
        };
        SubmittedResults given = new SubmittedResults(
                Path.of("one", "results.json"),
                "one",
                results,
                Optional.empty(),
                PackedQueryMetrics.of(results, values),
                values);
        assertThat(results.protocol().headline().get(0)).isEqualTo("map");
        assertThat(text(find(results, MAP))).isEqualTo("a g1, b g2");
        Ranking over = SampleLeaderboards.of(given).standings().get(0).rankings().stream()
                .filter(ranking -> ranking.quantity().equals(MAP))
                .findFirst()
                .orElseThrow();
        assertThat(text(over)).isEqualTo("a g1, b g1");
    }

    @Test
    void whereLessIsBetterTheLeastIsFirst() {
        Results results = SampleResults.withDistances(SampleResults.reproduction());
        Ranking ranking = find(results, StandardMetrics.quantity("meanDistance"));
        assertThat(ranking.places())
                .extracting(place -> place.participant().label())
                .first()
                .isEqualTo("ITQ");
        assertThat(ranking.places())
                .isSortedAccordingTo(
                        (a, b) -> Double.compare(a.summary().mean(), b.summary().mean()));
    }

    @Test
    void whatNobodyIsRankedByHasNoGroups() {
        Ranking ranking = find(SampleResults.reproduction(), StandardMetrics.quantity("uniqueCodes"));
        assertThat(ranking.places())
                .hasSize(4)
                .allSatisfy(place -> assertThat(place.group()).isZero());
    }

    @Test
    void aFailedRunIsNoValue() {
        Results sample = SampleResults.reproduction();
        Leaderboard standing = SampleLeaderboards.of(SampleLeaderboards.own("one", sample))
                .standings()
                .get(0);
        Ranking at64 = standing.at(64).stream()
                .filter(ranking -> ranking.quantity().equals(MAP))
                .findFirst()
                .orElseThrow();
        assertThat(at64.places())
                .extracting(place ->
                        place.participant().label() + " " + place.values().seeds())
                .contains("Deep l-infinity encoder 2", "ITQ 3");
    }
}
