package io.github.linfhash.results.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleBoards;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.Lead;
import io.github.linfhash.results.tables.Leads;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
        return SampleBoards.of(SampleBoards.own("one", results)).standings().get(0).rankings().stream()
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

    @Test
    void aMethodThatVariesWidelyIsNotProvedWorseAlthoughItStandsBelow() {
        assertThat(text(ranking("plain", "far", "wild"))).isEqualTo("plain g1, far g2, wild g1");
    }

    @Test
    void ofTwoMethodsTheTestIsThatOfTheLead() {
        Results results = MadeResults.of(
                List.of("plain", "near"),
                List.of(48),
                5,
                (method, bits, seed) -> 0.8 + 0.01 * seed + above(method, (int) seed));
        Lead lead = Leads.of(results, List.of(MAP)).find(MAP, 48).orElseThrow();
        Ranking ranking = find(results, MAP);
        assertThat(ranking.places().get(0).p()).isEmpty();
        assertThat(ranking.places().get(1).p().orElseThrow())
                .isCloseTo(lead.p().orElseThrow(), within(1e-12))
                .isGreaterThan(0.05);
    }

    @Test
    void theTestsAgainstTheBestAreCorrectedTogether() {
        Ranking ranking = ranking("plain", "near", "far", "wild");
        Ranking.Place best = ranking.places().get(0);
        double[] raw = ranking.places().stream()
                .skip(1)
                .map(place -> best.values().p(place.values()))
                .mapToDouble(OptionalDouble::orElseThrow)
                .toArray();
        double[] corrected = Holm.adjust(raw);
        for (int i = 0; i < raw.length; i++) {
            assertThat(ranking.places().get(i + 1).p().orElseThrow()).isEqualTo(corrected[i]);
        }
        assertThat(corrected[1])
                .as("the smallest of three")
                .isEqualTo(3 * raw[1])
                .isLessThan(0.05);
    }

    @Test
    void withOneSeedNothingIsToldApart() {
        Results results = MadeResults.of(
                List.of("a", "b"), List.of(48), 1, (method, bits, seed) -> method.equals("a") ? 0.1 : 0.9);
        Ranking ranking = find(results, MAP);
        assertThat(text(ranking)).isEqualTo("b g1, a g1");
        assertThat(ranking.places()).allSatisfy(place -> assertThat(place.p()).isEmpty());
        assertThat(ranking.leaders()).hasSize(2);
    }

    @Test
    void againstAMethodOfFewSeedsTheOthersAreToldApartAllTheSame() {
        assertThat(text(withFew(0.1, -0.04)))
                .as("too few seeds to say more than that nothing is said")
                .isEqualTo("few g1, plain g1, far g2, farther g3");
        assertThat(text(withFew(0.1, 0.1000001)))
                .as("a lead that two seeds prove")
                .isEqualTo("few g1, plain g2, far g3, farther g4");
    }

    /** Five seeds of three methods, and two of one that is ahead of the best by two numbers. */
    private static Ranking withFew(double first, double second) {
        Results results = MadeResults.of(
                List.of("plain", "far", "farther", "few"),
                List.of(48),
                5,
                (method, bits, seed) -> 0.8
                        + 0.01 * seed
                        + (method.equals("few") ? (seed == 0 ? first : second) : above(method, (int) seed)));
        List<RunResult> runs = results.runs().stream()
                .filter(run -> !run.key().method().equals("few") || run.key().seed() < 2)
                .toList();
        return find(new Results(results.protocol(), results.environment(), runs), MAP);
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
        assertThat(ranking.leaders()).isEmpty();
    }

    @Test
    void aFailedRunIsNoValue() {
        Results sample = SampleResults.reproduction();
        Standing standing =
                SampleBoards.of(SampleBoards.own("one", sample)).standings().get(0);
        Ranking at64 = standing.at(64).stream()
                .filter(ranking -> ranking.quantity().equals(MAP))
                .findFirst()
                .orElseThrow();
        assertThat(at64.places())
                .extracting(place -> place.participant().label() + " "
                        + place.values().values().size())
                .contains("Deep l-infinity encoder 2", "ITQ 3");
    }
}
