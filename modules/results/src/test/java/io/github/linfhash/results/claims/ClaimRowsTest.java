package io.github.linfhash.results.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.Claim.ClaimTest.Kind;
import io.github.linfhash.results.claims.ClaimComparison.EffectText;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimTests.ClaimVerdict;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which row of a method a claim speaks of. In the sample, the row tuned of deep-linf is the best, as-printed the worst. */
class ClaimRowsTest {
    private static ClaimResult judge(ClaimSubject subject, ClaimSubject other, Results... results) {
        return judge(null, subject, other, results);
    }

    private static ClaimResult judge(
            @Nullable Map<String, String> rows, ClaimSubject subject, ClaimSubject other, Results... results) {
        ClaimTest test = new ClaimTest(Kind.HIGHER, subject, List.of(other), List.of("map"), 1, null, null);
        Claim claim = new Claim("c", "here", "words", "sentence", "hypothesis", "alternative", test);
        return ClaimTests.of(
                        new ClaimsFile(ClaimsFile.SCHEMA, "source", rows, null, List.of(claim)),
                        Arrays.stream(results)
                                .map(one -> new Evidence(one, QueryValues.NONE))
                                .toList())
                .get(0);
    }

    private static ClaimSubject row(String method, @Nullable String row) {
        return new ClaimSubject(method, row, null);
    }

    @Test
    void withoutARowTheTunedOneIsMeantAndTheComparisonSaysSo() {
        ClaimResult result = judge(ClaimSubject.of("deep-linf"), ClaimSubject.of("nnh"), SampleResults.rows());
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.comparisons())
                .isNotEmpty()
                .allSatisfy(comparison -> assertThat(comparison.label()).isEqualTo("deep-linf:tuned - nnh"));
    }

    @Test
    void anotherRowIsMeantWhereItIsNamed() {
        ClaimResult result = judge(row("deep-linf", "as-printed"), row("nnh", null), SampleResults.rows());
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(result.comparisons().get(0).label()).isEqualTo("deep-linf:as-printed - nnh");
    }

    @Test
    void rowsOfOneMethodAreComparedWhateverTheirOptions() {
        ClaimResult result = judge(row("deep-linf", "tuned"), row("deep-linf", "as-printed"), SampleResults.rows());
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.comparisons().get(0).label()).isEqualTo("deep-linf:tuned - deep-linf:as-printed");
    }

    @Test
    void ofAMethodWithoutRowsAnyNameMeansTheMethodItself() {
        Results once = MadeResults.of(
                List.of("a", "b"),
                List.of(8),
                5,
                (m, bits, seed) -> (m.equals("a") ? 0.5 : 0.3) + seed / 1000.0 * (m.equals("a") ? 1 : 2));
        ClaimResult result = judge(row("a", "tuned"), row("b", null), once);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.comparisons().get(0).label()).isEqualTo("a - b");
    }

    @Test
    void theRowThatWasTunedForAMeasureGoesFirst() {
        Map<String, String> rows = Map.of("map", "as-printed", "recall@2", "tuned");
        ClaimResult result = judge(rows, row("deep-linf", null), row("nnh", null), SampleResults.rows());
        assertThat(result.comparisons().get(0).label()).isEqualTo("deep-linf:as-printed - nnh");
        assertThat(judge(rows, row("deep-linf", "tuned"), row("nnh", null), SampleResults.rows())
                        .comparisons()
                        .get(0)
                        .label())
                .isEqualTo("deep-linf:tuned - nnh");
        assertThat(judge(Map.of("map", "tuned-map"), row("deep-linf", null), row("nnh", null), SampleResults.rows())
                        .comparisons()
                        .get(0)
                        .label())
                .isEqualTo("deep-linf:tuned - nnh");
    }

    /** The first of two methods leads by 0.1, by one search or by three. */
    @Test
    void oneSearchDecidesNothingAndSeveralDo() {
        ClaimResult one = judge(row("a", null), row("b", null), MadeResults.searched(List.of("a", "b"), 1, 5));
        assertThat(one.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(one.reason()).endsWith("; open: one tuning run is not enough to rank methods");
        assertThat(one.comparisons().get(0).effect()).isPresent();
        assertThat(EffectText.p(one.comparisons().get(0))).isEmpty();
        ClaimResult three = judge(
                Map.of("map", "tuned-map"),
                row("a", null),
                row("b", null),
                MadeResults.searched(List.of("a", "b"), 3, 5));
        assertThat(three.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(three.comparisons().get(0).label()).isEqualTo("a:tuned-map - b:tuned-map");
        assertThat(three.comparisons().get(0).searches()).isEqualTo(3);
        assertThat(three.reason()).contains("tested over tuning runs, seeds");
    }

    @Test
    void anOptionThatIsAnotherAtSomeLengthIsNotThatOfTheMethod() {
        ClaimSubject thirty = new ClaimSubject("deep-linf", "tuned", Map.of("epochs", "30"));
        ClaimSubject centered = new ClaimSubject("deep-linf", "tuned", Map.of("centered", "true"));
        assertThat(judge(thirty, row("nnh", null), SampleResults.rows()).reason())
                .contains("no run of deep-linf:tuned (epochs 30)");
        assertThat(judge(centered, row("nnh", null), SampleResults.rows()).verdict())
                .isEqualTo(ClaimVerdict.HOLDS);
    }

    @Test
    void variantsAgreeInTheOptionsOfEachLength() {
        ClaimSubject centered = new ClaimSubject("deep-linf", "tuned", Map.of("centered", "true"));
        ClaimSubject other = new ClaimSubject("deep-linf", "tuned", Map.of("centered", "false"));
        Results byLength = SampleResults.lengthOptions();
        assertThat(judge(centered, other, byLength, notCentered(byLength)).comparisons())
                .isNotEmpty()
                .noneMatch(comparison -> comparison.toString().contains("with the same other options"));
        assertThat(judge(centered, other, byLength, notCentered(SampleResults.rows()))
                        .comparisons())
                .isNotEmpty()
                .allMatch(comparison -> comparison.toString().contains("with the same other options"));
    }

    private static Results notCentered(Results results) {
        List<Configuration> methods = results.protocol().methods().stream()
                .map(method -> {
                    Map<String, OptionValue> options = new LinkedHashMap<>(method.options());
                    options.put("centered", OptionValue.of(false));
                    return new Configuration(
                            method.name(),
                            method.variant(),
                            method.title(),
                            method.citation(),
                            method.supervision(),
                            options,
                            method.origins(),
                            method.optionsAt(),
                            method.note(),
                            method.replicates(),
                            method.search(),
                            method.effort());
                })
                .toList();
        return new Results(
                results.protocol()
                        .withRuns(results.protocol().bits(), results.protocol().seeds(), methods),
                results.environment(),
                results.runs());
    }
}
