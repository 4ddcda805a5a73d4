package io.github.linfhash.results.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.claims.ClaimTest.Kind;
import io.github.linfhash.results.claims.ClaimTest.Scale;
import io.github.linfhash.results.schema.Results;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the values of single queries add to a verdict. */
class ClaimQueriesTest {
    private static final int QUERIES = 100;

    /** The mean of a's queries is 0.01 above that of b's, almost the same for each seed. */
    private static final Results LEAD = MadeResults.of(
            List.of("a", "b"),
            List.of(16, 64),
            5,
            (m, bits, seed) -> 0.5 + (m.equals("a") ? 0.01 + 1e-5 * seed + 1e-6 * bits : 0));

    /** Queries of a method lie around the run's value, half of them above by the spread and half below. */
    private static QueryValues around(double spreadOfA) {
        return (run, metric) -> {
            double spread = run.key().method().equals("a") ? spreadOfA : 0;
            double[] values = new double[QUERIES];
            Arrays.setAll(
                    values, q -> run.metrics().getOrDefault(metric, Double.NaN) + (q % 2 == 0 ? spread : -spread));
            return Optional.of(values);
        };
    }

    private static ClaimResult judge(QueryValues queries, Kind kind, @Nullable Scale scale) {
        ClaimTest test = new ClaimTest(
                kind, ClaimSubject.of("a"), List.of(ClaimSubject.of("b")), List.of("map"), 1, scale, null);
        Claim claim = new Claim("c", "here", "words", "a sentence", "a hypothesis", "an alternative", test);
        ClaimsFile file = new ClaimsFile(ClaimsFile.SCHEMA, "made up", List.of(claim));
        return ClaimTests.of(file, List.of(new ClaimEvidence(LEAD, queries))).get(0);
    }

    @Test
    void queriesThatAgreeConfirmWhatTheSeedsSay() {
        ClaimResult result = judge(around(0.005), Kind.HIGHER, null);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.reason()).contains("tested over seeds and queries");
        ClaimComparison comparison = result.comparisons().get(0);
        assertThat(comparison.basis()).isEqualTo("seeds and queries");
        ClaimEffect effect = comparison.effect().orElseThrow();
        QueryEffect queries = effect.overQueries().orElseThrow();
        assertThat(queries.low()).isBetween(0.0085, effect.size());
        assertThat(queries.high()).isBetween(effect.size(), 0.0115);
        // 0.010036 on average, 0.005 to both sides.
        assertThat(queries.standardized()).isCloseTo(2.007, within(0.001));
        // 10,000 resamples, none of them on the other side; the t-test is surer.
        assertThat(effect.p()).isCloseTo(2.0 / 10_001, within(1e-12));
        assertThat(EffectText.overQueries(result.claim(), comparison)).matches("\\[0\\.9\\d+, 1\\.0\\d+], d = 2\\.01");
    }

    @Test
    void queriesThatDoNotAgreeLeaveItOpenHoweverSureTheSeedsAre() {
        assertThat(judge(QueryValues.NONE, Kind.HIGHER, null).verdict()).isEqualTo(ClaimVerdict.HOLDS);
        ClaimResult result = judge(around(0.4), Kind.HIGHER, null);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(result.reason()).contains("the interval covers zero");
    }

    @Test
    void withoutQueriesTheSeedsAloneDecideAndItIsSaid() {
        ClaimResult result = judge(QueryValues.NONE, Kind.HIGHER, null);
        assertThat(result.reason()).contains("tested over seeds only");
        assertThat(result.comparisons().get(0).basis()).isEqualTo("seeds only");
        assertThat(EffectText.overQueries(result.claim(), result.comparisons().get(0)))
                .isEmpty();
    }

    @Test
    void logarithmsOfMeansAreNoMeansOfLogarithms() {
        assertThat(judge(around(0.005), Kind.HIGHER, Scale.LOG10).reason()).contains("seeds only");
    }

    @Test
    void theSlopeOfALeadIsThatOfItsQueries() {
        ClaimResult result = judge(around(1e-5), Kind.VANISHING, null);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        ClaimEffect slope = result.comparisons().get(1).effect().orElseThrow();
        QueryEffect queries = slope.overQueries().orElseThrow();
        // 48e-6 over two doublings, for every query: the spread is the same at both lengths.
        assertThat(slope.size()).isCloseTo(24e-6, within(1e-9));
        assertThat(queries.low()).isCloseTo(24e-6, within(1e-9));
        assertThat(queries.high()).isCloseTo(24e-6, within(1e-9));
    }

    /** All queries differ by 0.03 and 0.05 in turn; against 0.04 half of the resamples are on either side, against 0 none. */
    @Test
    void theBootstrapTestsAgainstWhatIsExpected() {
        double[] differences = new double[QUERIES];
        Arrays.setAll(differences, q -> q % 2 == 0 ? 0.03 : 0.05);
        QueryEffect expected = QueryEffect.of(List.of(differences, differences), 0.04);
        QueryEffect zero = QueryEffect.of(List.of(differences, differences), 0);

        assertThat(expected.p()).isGreaterThan(0.8);
        assertThat(zero.p()).isCloseTo(2.0 / 10_001, within(1e-12));
        assertThat(expected.low()).isCloseTo(zero.low(), within(1e-12)).isBetween(0.036, 0.04);
        assertThat(expected.high()).isCloseTo(zero.high(), within(1e-12)).isBetween(0.04, 0.044);
        assertThat(expected.standardized()).isCloseTo(4, within(1e-9));
    }

    @Test
    void theSameResultsGiveTheSameNumbers() {
        assertThat(judge(around(0.1), Kind.HIGHER, null)).isEqualTo(judge(around(0.1), Kind.HIGHER, null));
    }
}
