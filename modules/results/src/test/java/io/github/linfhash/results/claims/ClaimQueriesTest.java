package io.github.linfhash.results.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.Claim.ClaimTest.Kind;
import io.github.linfhash.results.claims.Claim.ClaimTest.Scale;
import io.github.linfhash.results.claims.ClaimComparison.ClaimEffect;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimTests.ClaimVerdict;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The effect of values of single queries on a verdict. */
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
        ClaimsFile file = new ClaimsFile(ClaimsFile.SCHEMA, "made up", null, null, List.of(claim));
        return ClaimTests.of(file, List.of(new Evidence(LEAD, queries))).get(0);
    }

    @Test
    void queriesThatAgreeConfirmWhatTheSeedsSay() {
        ClaimResult result = judge(around(0.005), Kind.HIGHER, null);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.reason()).contains("tested over seeds and queries");
        ClaimComparison comparison = result.comparisons().get(0);
        assertThat(comparison.basis()).isEqualTo("seeds and queries");
        ClaimEffect effect = comparison.effect().orElseThrow();
        // 0.010036 on average, and 0.005 to both sides for 500 queries, of which 1,000 of 60,000 vectors are drawn for
        // each seed: 1.965
        // times 0.005025 / sqrt(500), times sqrt(1 + 4 / 60).
        assertThat(effect.size()).isCloseTo(0.010036, within(1e-9));
        assertThat(effect.high() - effect.size()).isCloseTo(0.000456, within(1e-6));
        assertThat(effect.size() - effect.low()).isCloseTo(0.000456, within(1e-6));
    }

    @Test
    void queriesThatDoNotAgreeLeaveItOpenHoweverSureTheSeedsAre() {
        assertThat(judge(QueryValues.NONE, Kind.HIGHER, null).verdict()).isEqualTo(ClaimVerdict.HOLDS);
        ClaimResult result = judge(around(0.4), Kind.HIGHER, null);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(result.reason()).contains("the interval contains zero");
    }

    @Test
    void withoutQueriesTheSeedsAloneDecideAndItIsSaid() {
        ClaimResult result = judge(QueryValues.NONE, Kind.HIGHER, null);
        assertThat(result.reason()).contains("tested over seeds");
        assertThat(result.comparisons().get(0).basis()).isEqualTo("seeds");
    }

    @Test
    void logarithmsOfMeansAreNoMeansOfLogarithms() {
        assertThat(judge(around(0.005), Kind.HIGHER, Scale.LOG10).reason()).contains("seeds");
    }

    /**
     * The lead grows by 48e-6 over two doublings, and its spread over queries by 480e-6: a query's slope is 24e-6 and 240e-6 to both
     * sides, which has the standard error 240e-6 sqrt(100 / 99) / sqrt(500) = 10.79e-6, times sqrt(1 + 4 / 60) = 1.033 as seeds share queries.
     */
    @Test
    void theSlopeOfALeadIsThatOfItsQueries() {
        QueryValues queries = (run, metric) -> around(1e-5 * run.key().bits()).of(run, metric);
        ClaimResult result = judge(queries, Kind.VANISHING, null);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        ClaimEffect slope = result.comparisons().get(1).effect().orElseThrow();
        assertThat(slope.overQueries()).isTrue();
        assertThat(slope.size()).isCloseTo(24e-6, within(1e-9));
        assertThat(slope.high() - slope.size()).isCloseTo(1.965 * 1.033 * 10.79e-6, within(1e-7));
    }

    @Test
    void theSameResultsGiveTheSameNumbers() {
        assertThat(judge(around(0.1), Kind.HIGHER, null)).isEqualTo(judge(around(0.1), Kind.HIGHER, null));
    }
}
