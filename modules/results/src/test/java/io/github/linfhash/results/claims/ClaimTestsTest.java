package io.github.linfhash.results.claims;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.Claim.ClaimTest.Kind;
import io.github.linfhash.results.claims.Claim.ClaimTest.Scale;
import io.github.linfhash.results.claims.ClaimComparison.ClaimEffect;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimTests.ClaimVerdict;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each verdict is known by construction, and another one when the data are. */
class ClaimTestsTest {
    private static final List<String> BOTH = List.of("a", "b");
    private static final List<Integer> LENGTHS = List.of(16, 64);

    /** Small noise that differs between methods and seeds, so that no variance is zero. */
    private static double noise(String method, long seed) {
        return 0.001 * Math.sin(7.0 * seed + method.length() + method.charAt(0));
    }

    private static Results lead(double lead, int seeds) {
        return MadeResults.of(
                BOTH, LENGTHS, seeds, (m, bits, seed) -> 0.5 + (m.equals("a") ? lead : 0) + noise(m, seed));
    }

    private static ClaimTest test(Kind kind, String measure, double share) {
        return test(kind, measure, share, null, null);
    }

    private static ClaimTest test(
            Kind kind, String measure, double share, @Nullable Scale scale, @Nullable Double margin) {
        List<ClaimSubject> others = kind == Kind.DECREASING ? List.of() : List.of(ClaimSubject.of("b"));
        return new ClaimTest(kind, ClaimSubject.of("a"), others, List.of(measure), share, scale, margin);
    }

    private static ClaimResult judge(ClaimTest test, Results... results) {
        Claim claim = new Claim("c", "here", "words", "a sentence", "a hypothesis", "an alternative", test);
        return ClaimTests.of(
                        new ClaimsFile(ClaimsFile.SCHEMA, "made up", null, null, List.of(claim)),
                        Stream.of(results).map(Evidence::without).toList())
                .get(0);
    }

    private static ClaimVerdict verdict(ClaimTest test, Results... results) {
        return judge(test, results).verdict();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"HIGHER", "LOWER"})
    void aDifferenceHoldsOrNotByItsSign(Kind kind) {
        double right = kind == Kind.HIGHER ? 0.1 : -0.1;
        ClaimTest test = test(kind, "map", 1);
        assertThat(verdict(test, lead(right, 5))).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test, lead(-right, 5))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        ClaimResult none = judge(test, lead(0, 5));
        assertThat(none.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(none.reason()).contains("the interval contains zero");
    }

    @Test
    void theEffectIsTheMeanDifferenceWithItsInterval() {
        ClaimEffect effect = judge(test(Kind.HIGHER, "map", 1), lead(0.1, 5))
                .comparisons()
                .get(0)
                .effect()
                .orElseThrow();
        assertThat(effect.size()).isCloseTo(0.1, within(0.002));
        assertThat(effect.low()).isLessThan(effect.size());
        assertThat(effect.high()).isGreaterThan(effect.size());
        // Both code lengths have the same differences, so that Holm doubles both.
        assertThat(effect.adjusted()).isCloseTo(2 * effect.p(), within(1e-12));
    }

    @Test
    void aCurveCountsByItsLastValue() {
        assertThat(verdict(test(Kind.LOWER, "quantization@end", 1), lead(-0.1, 5)))
                .isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test(Kind.LOWER, "quantization@end", 1), lead(0.1, 5)))
                .isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
    }

    @Test
    void whatWasNotRunDecidesNothing() {
        Results alone = MadeResults.of(List.of("a"), LENGTHS, 5, (m, bits, seed) -> 0.5);
        ClaimResult result = judge(test(Kind.HIGHER, "map", 1), alone);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(result.reason()).endsWith(": no run of b");
        assertThat(judge(test(Kind.HIGHER, "precision@2", 1), lead(0.1, 5)).reason())
                .endsWith("no seed with precision@2 of both");
    }

    /** With seed 4 the two methods saw other queries: four seeds are left. */
    @Test
    void onlySeedsOfTheSameSplitAreCompared() {
        Results same = lead(0.1, 5);
        List<RunResult> runs = same.runs().stream()
                .map(run -> run.key().method().equals("b") && run.key().seed() == 4
                        ? SampleResults.withHashes(run, "f".repeat(64), run.codesHash())
                        : run)
                .toList();
        Results other = new Results(same.protocol(), same.environment(), runs);

        assertThat(judge(test(Kind.HIGHER, "map", 1), same).comparisons())
                .extracting(ClaimComparison::seeds)
                .containsOnly(5);
        assertThat(judge(test(Kind.HIGHER, "map", 1), other).comparisons())
                .extracting(ClaimComparison::seeds)
                .containsOnly(4);
    }

    @Test
    void oneSeedDecidesNothing() {
        assertThat(judge(test(Kind.HIGHER, "map", 1), lead(0.1, 1)).reason()).endsWith(": too few seeds");
        assertThat(verdict(test(Kind.DECREASING, "loss", 1), lead(-0.6, 1))).isEqualTo(ClaimVerdict.UNDECIDED);
    }

    @Test
    void syntheticFeaturesDecideNothing() {
        assertThat(judge(test(Kind.HIGHER, "map", 1), SampleResults.synthetic()).reason())
                .isEqualTo("the features are synthetic");
    }

    /** a leads at 16 bits and trails at 64. */
    @Test
    void theShareSaysHowManyCasesHaveToHold() {
        Results mixed = MadeResults.of(
                BOTH,
                LENGTHS,
                5,
                (m, bits, seed) -> 0.5 + (m.equals("a") ? (bits == 16 ? 0.1 : -0.1) : 0) + noise(m, seed));
        assertThat(verdict(test(Kind.HIGHER, "map", 1), mixed)).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(verdict(test(Kind.HIGHER, "map", 0.5), mixed)).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test(Kind.HIGHER, "map", 0), mixed)).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test(Kind.HIGHER, "map", 0), lead(-0.1, 5))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(verdict(test(Kind.HIGHER, "map", 0), lead(0, 5))).isEqualTo(ClaimVerdict.UNDECIDED);
    }

    @Test
    void anOrderOfMagnitudeIsADifferenceOfLogarithms() {
        ClaimTest test = test(Kind.LOWER, "uniqueCodes", 1, Scale.LOG10, 0.5);
        assertThat(verdict(test, ratio(8))).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test, ratio(2))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(verdict(test, ratio(0.1))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        ClaimResult between = judge(test, ratio(Math.sqrt(10)));
        assertThat(between.verdict()).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(between.reason()).endsWith("the interval contains -0.5");
    }

    private static Results ratio(double ratio) {
        return MadeResults.of(
                BOTH, LENGTHS, 5, (m, bits, seed) -> (m.equals("b") ? 0.1 * ratio : 0.1) * (1 + noise(m, seed)));
    }

    @Test
    void aLeadVanishesIfItIsThereAndFalls() {
        ClaimTest test = test(Kind.VANISHING, "recall@2", 1);
        assertThat(verdict(test, leads(0.2, 0.05))).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test, leads(0.05, 0.2))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(verdict(test, leads(-0.05, -0.2))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(verdict(test, leads(0, -0.2))).isEqualTo(ClaimVerdict.UNDECIDED);
        // From 16 to 64 bits are two doublings.
        assertThat(judge(test, leads(0.2, 0.05))
                        .comparisons()
                        .get(1)
                        .effect()
                        .orElseThrow()
                        .size())
                .isCloseTo(-0.075, within(1e-3));
        Results one =
                MadeResults.of(BOTH, List.of(16), 5, (m, bits, seed) -> (m.equals("a") ? 0.6 : 0.5) + noise(m, seed));
        assertThat(judge(test, one).reason()).contains("fewer than two code lengths");
    }

    private static Results leads(double shorter, double longer) {
        return MadeResults.of(
                BOTH,
                LENGTHS,
                5,
                (m, bits, seed) -> 0.5
                        + (m.equals("a") ? (bits == 16 ? shorter : longer) + noise(m, seed + bits) : noise(m, seed)));
    }

    @Test
    void aTrainingDecreasesIfEverySeedDoes() {
        ClaimTest test = test(Kind.DECREASING, "loss", 1);
        assertThat(verdict(test, slopes(-0.05, -0.05))).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test, slopes(0.05, 0.05))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(verdict(test, slopes(-0.05, 0.05))).isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(verdict(test, slopes(0, 0))).isEqualTo(ClaimVerdict.UNDECIDED);
    }

    private static Results slopes(double first, double others) {
        return MadeResults.of(List.of("a"), LENGTHS, 3, (m, bits, seed) -> seed == 0 ? first : others);
    }

    @Test
    void variantsComeFromSeveralFilesAndAgreeInEverythingElse() {
        ClaimTest test = new ClaimTest(
                Kind.HIGHER,
                new ClaimSubject("a", null, Map.of("stages", "3")),
                List.of(new ClaimSubject("a", null, Map.of("stages", "2"))),
                List.of("map"),
                1,
                null,
                null);
        Results two = variant(2, 0.1, 0.5);
        assertThat(judge(test, two).reason()).contains("no run of a (stages 3)");
        assertThat(verdict(test, two, variant(3, 0.1, 0.6))).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(verdict(test, two, variant(3, 0.1, 0.4))).isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(judge(test, two, variant(3, 0.2, 0.6)).reason()).contains("with the same other options");
    }

    private static Results variant(long stages, double rate, double level) {
        Map<String, OptionValue> options = Map.of("stages", OptionValue.of(stages), "rate", OptionValue.of(rate));
        return MadeResults.of(
                List.of("a"), options, LENGTHS, 5, (m, bits, seed) -> level + noise("v" + (char) stages, seed));
    }

    @Test
    void otherDataAreRefused() {
        Results other = SampleResults.comparison(
                new DatasetSummary("other", "Other", "f".repeat(64), 5, false, false, List.of()));
        assertBadInput(() -> judge(test(Kind.HIGHER, "map", 1), lead(0.1, 5), other))
                .hasMessageMatching(
                        "Results to compare, data of cifar10 and of other: expected the same hash of the data,"
                                + " found [0-9a-f]{12} and f{12}");
    }
}
