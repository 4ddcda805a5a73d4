package io.github.linfhash.advisor.advice;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.advice.DriftProfile.Found;
import io.github.linfhash.advisor.advice.DriftProfile.Interval;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
    private static final double REACH = 0.02;
    private static final MeanByChance ONE_DIRECTION = new MeanByChance(1, 1);
    private static final String UNMOVED =
            " The mean moved by 0.000 standard deviations of the vectors, no more than chance explains (0.066).";

    /** Returns the same recall at each oversampling, and 0.1 more with the largest. */
    private static Map<Integer, Interval> recall(double mean) {
        Map<Integer, Interval> recall = new TreeMap<>();
        DriftProfile.OVERSAMPLINGS.forEach(factor -> {
            double at = factor == 10 ? mean + 0.1 : mean;
            recall.put(factor, new Interval(at, at - REACH, Math.min(1, at + REACH)));
        });
        return recall;
    }

    private static Found found(boolean drawn, Map<Integer, Map<Integer, Interval>> recall) {
        return new Found(10, 5000, 1000, drawn, recall, 2, 0.5);
    }

    private static DriftProfile profile(Map<Integer, Map<Integer, Interval>> recall, float... mean) {
        return new DriftProfile(found(true, recall), FeatureMatrix.owning(1, mean.length, mean));
    }

    private static Check check(double now, double fitted, int oversampling, @Nullable Double least) {
        return new Check(
                profile(Map.of(1000, recall(now)), 0, 0),
                profile(Map.of(1000, recall(fitted), 3000, recall(0.1)), 0, 0),
                "",
                oversampling,
                new Check.Limits(least, null),
                ONE_DIRECTION);
    }

    private static Interval wilson(int successes, int n) {
        double z = 1.959964;
        double p = (double) successes / n;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double reach = z * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n)) / (1 + z * z / n);
        return new Interval(p, Math.max(0, middle - reach), Math.min(1, Math.max(p, middle + reach)));
    }

    /** Newcombe, Statistics in Medicine 17, 1998, table II, method 10, of which MOVER is the general form. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "10, 10, 0, 20, 0.6791, 1.0000"
    })
    void theIntervalOfADifferenceIsThatOfNewcombe(int a, int m, int b, int n, double low, double high) {
        Check.Difference difference = Check.Difference.of(wilson(a, m), wilson(b, n));
        assertThat(difference.mean()).isCloseTo((double) a / m - (double) b / n, within(1e-12));
        assertThat(difference.low()).isCloseTo(low, within(6e-5));
        assertThat(difference.high()).isCloseTo(high, within(6e-5));
    }

    /** Intervals of 0.02 to each side make one of 0.0283 of the difference, and 0.0446 is exceeded once in a thousand times. */
    @Test
    void aFallFailsWhereItIsSignificant() {
        assertThat(check(0.656, 0.7, 1, null).fails()).isFalse();
        assertThat(check(0.655, 0.7, 1, null).fails()).isTrue();
        assertThat(check(0.8, 0.7, 1, null).fails()).isFalse();
        assertThat(check(0.672, 0.7, 1, null).verdict())
                .isEqualTo("Recall@10 at 1x oversampling is 67.2%, not significantly lower than when the quantizer was"
                        + " fitted (70.0%)." + UNMOVED);
        assertThat(check(0.6, 0.7, 3, null).verdict())
                .isEqualTo(
                        "Failed: recall. Recall@10 at 3x oversampling is 60.0%, significantly lower than when the quantizer was fitted"
                                + " (70.0%): run 'linfhash advise' on the new vectors." + UNMOVED);
    }

    @Test
    void aWantedRecallDecidesAlone() {
        assertThat(check(0.6, 0.9, 1, 0.6).fails()).isFalse();
        assertThat(check(0.6, 0.9, 1, 0.6).verdict())
                .isEqualTo("Recall@10 at 1x oversampling is 60.0%, at least the target of 60%." + UNMOVED);
        assertThat(check(0.8, 0.8, 2, 0.85).fails()).isTrue();
        assertThat(check(0.8, 0.8, 2, 0.85).verdict())
                .isEqualTo(
                        "Failed: recall. Recall@10 at 2x oversampling is 80.0%, lower than the target of 85%, which 10x"
                                + " oversampling reaches." + UNMOVED);
        assertThat(check(0.8, 0.8, 2, 0.95).verdict())
                .endsWith("lower than the target of 95%: run 'linfhash advise' on the new vectors." + UNMOVED);
        assertThat(check(0.8, 0.8, 10, 0.85).fails()).isFalse();
    }

    @Test
    void recallIsComparedAmongAsManyVectors() {
        Check check = check(0.6, 0.7, 1, null);
        assertThat(check.rows()).isEqualTo(1000);
        assertThat(check.recallFitted().orElseThrow().get(1))
                .isEqualTo(recall(0.7).get(1));
        Found fitted = found(true, Map.of(1000, recall(0.5), 3000, recall(0.5)));
        assertThat(fitted.largestWithin(999)).isEmpty();
        assertThat(fitted.largestWithin(2999)).hasValue(1000);
        assertThat(fitted.largestWithin(100_000)).hasValue(3000);
        assertThat(DriftProfile.sizes(999)).containsExactly(999);
        assertThat(DriftProfile.sizes(9_999)).containsExactly(1000, 3000);
        assertThat(DriftProfile.sizes(100_000)).containsExactly(1000, 3000, 10_000);
    }

    @Test
    void obstaclesAreNamed() {
        Found fitted = found(true, Map.of(1000, recall(0.5)));
        assertThat(Check.obstacle(fitted, 10, true, 1000)).isEmpty();
        assertThat(Check.obstacle(fitted, 10, true, 999))
                .isEqualTo("recall when fitted was measured among 1000 vectors or more, not 999");
        assertThat(Check.obstacle(fitted, 5, true, 1000))
                .isEqualTo("recall when fitted is that of 10 neighbors, not 5");
        assertThat(Check.obstacle(fitted, 10, false, 1000)).endsWith("measured without --queries");
        assertThat(Check.obstacle(found(false, Map.of(1000, recall(0.5))), 10, true, 1000))
                .endsWith("measured with --queries");
        assertThat(Check.obstacle(null, 10, true, 1000)).contains("an earlier version");
        Check without = new Check(
                profile(Map.of(700, recall(0.6)), 0, 0),
                null,
                "unknown",
                1,
                new Check.Limits(0.5, null),
                ONE_DIRECTION);
        assertThat(without.verdict())
                .endsWith(" The shift of the mean is not checked, because the mean when fitted is not known or"
                        + " the vectors did not differ.");
        assertThat(without.recallFitted()).isEmpty();
        assertThat(without.differences()).isEmpty();
        assertThat(without.drift()).isEmpty();
        assertThat(without.fails()).isFalse();
    }

    /** The means are 5 apart, in units of a spread of 0.5. */
    @Test
    void driftIsInUnitsOfTheSpread() {
        DriftProfile now = new DriftProfile(
                new Found(10, 20_000, 1000, true, Map.of(1000, recall(0.6)), 3, 0.25),
                FeatureMatrix.owning(1, 2, new float[] {4, 4}));
        Check.Limits limits = new Check.Limits(null, null);
        Check check = new Check(now, profile(Map.of(1000, recall(0.6)), 1, 0), "", 1, limits, ONE_DIRECTION);
        double byChance = Math.sqrt(1 / 20_000.0 + 1 / 5_000.0);
        assertThat(check.drift())
                .contains(new Check.Drift(10, byChance, byChance * ONE_DIRECTION.rareFactor(), 1.5, 0.5));
        Found still = new Found(10, 5000, 1000, true, Map.of(1000, recall(0.6)), 3, 0);
        assertThat(new Check(now, new DriftProfile(still, now.mean()), "", 1, limits, ONE_DIRECTION).drift())
                .isEmpty();
    }

    /**
     * Two samples of 5,000 are 0.02 apart by chance, and 0.0658 in one of 1,000 cases if all vary in one direction: 3.2905 times as far, the
     * two-sided quantile of the normal distribution.
     */
    @ParameterizedTest
    @CsvSource({
        "0.0328, , 0.7, ''",
        "0.033, , 0.7, 'SHIFT'",
        "0.034, , 0.6, 'RECALL SHIFT'",
        "0.034, 0.07, 0.6, 'RECALL'",
        "0.036, 0.07, 0.7, 'SHIFT'",
        "0.010, 0.02, 0.7, ''",
        "0.011, 0.02, 0.7, 'SHIFT'"
    })
    void aShiftBeyondChanceOrBeyondWhatIsAllowedFails(float mean, @Nullable Double most, double recall, String failed) {
        Check check = new Check(
                profile(Map.of(1000, recall(recall)), mean, 0),
                profile(Map.of(1000, recall(0.7)), 0, 0),
                "",
                1,
                new Check.Limits(null, most),
                ONE_DIRECTION);
        assertThat(check.failed().stream().map(Enum::name).collect(Collectors.joining(" ")))
                .isEqualTo(failed);
        assertThat(check.fails()).isEqualTo(!failed.isEmpty());
        assertThat(check.verdict())
                .contains("The mean moved by " + String.format(Locale.ROOT, "%.3f", 2 * mean))
                .contains(
                        most == null
                                ? failed.contains("SHIFT")
                                        ? ", more than chance explains (0.066): check that"
                                        : ", no more than chance"
                                : failed.contains("SHIFT")
                                        ? ", more than the allowed " + most + "."
                                        : ", at most " + most + " as allowed.");
        assertThat(check.verdict()
                        .startsWith("Failed: "
                                + (recall < 0.7
                                        ? "recall" + (failed.contains("SHIFT") ? " and " : ".")
                                        : "shift of the mean. ")))
                .isEqualTo(!failed.isEmpty());
    }

    @Test
    void aSampleTakesQueriesOutOfTheVectors() {
        DriftProfile.Draw draw = DriftProfile.Draw.ofNew(500, false, new RandomStreams(3));
        assertThat(draw.queries()).isEqualTo(50);
        assertThat(draw.searched()).isEqualTo(450);
        assertThat(draw.rows())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).boxed().toList());
        assertThat(DriftProfile.Draw.ofNew(500, false, new RandomStreams(3))).isEqualTo(draw);
        assertThat(DriftProfile.Draw.ofNew(500, false, new RandomStreams(4))).isNotEqualTo(draw);
        DriftProfile.Draw large = DriftProfile.Draw.ofNew(100_000, false, new RandomStreams(3));
        assertThat(large.queries()).isEqualTo(1000);
        assertThat(large.searched()).isEqualTo(10_000);
        assertThat(new HashSet<>(large.rows())).hasSize(11_000).allMatch(row -> row >= 0 && row < 100_000);
        DriftProfile.Draw given = DriftProfile.Draw.ofNew(100_000, true, new RandomStreams(3));
        assertThat(given.queries()).isZero();
        assertThat(given.measured()).hasSize(10_000);
    }

    /** A third is measured at most, and nothing is fitted to it. */
    @ParameterizedTest
    @CsvSource({
        "1000, 100, 233, 667",
        "20000, 1000, 5666, 13334",
        "60000, 1000, 10000, 49000",
        "200000, 1000, 10000, 50000"
    })
    void whatIsMeasuredIsNotFittedTo(int n, int queries, int searched, int others) {
        DriftProfile.Draw draw = DriftProfile.Draw.toFit(n, false, new RandomStreams(5));
        assertThat(draw.queries()).isEqualTo(queries);
        assertThat(draw.searched()).isEqualTo(searched);
        assertThat(draw.measured()).hasSize(queries + searched);
        assertThat(draw.others()).hasSize(others).isSorted();
        IntStream all = IntStream.concat(IntStream.of(draw.measured()), IntStream.of(draw.others()));
        assertThat(all.filter(row -> row >= 0 && row < n).distinct().count()).isEqualTo(queries + searched + others);
        assertThat(DriftProfile.Draw.toFit(n, true, new RandomStreams(5)).queries())
                .isZero();
    }

    @Test
    void givenQueriesAreSampled() {
        FeatureMatrix queries = FeatureMatrix.owning(1500, 1, new float[1500]);
        RandomStreams random = new RandomStreams(5);
        DriftProfile.Draw draw = DriftProfile.Draw.ofNew(200, true, random);
        FeatureMatrix vectors = FeatureMatrix.owning(200, 1, new float[200]);
        DriftProfile.Sample sample = DriftProfile.Sample.of(vectors, draw, queries, random);
        assertThat(sample.drawn()).isFalse();
        assertThat(sample.queries().rows()).isEqualTo(1000);
        assertThat(sample.database().rows()).isEqualTo(200);
        DriftProfile.Draw own = DriftProfile.Draw.ofNew(200, false, random);
        assertThat(DriftProfile.Sample.of(vectors, own, null, random).queries().rows())
                .isEqualTo(20);
    }

    @Test
    void damagedNumbersAreRefused() {
        assertBadInput(() -> new Interval(0.5, 0.6, 0.7)).hasMessageContaining("low <= mean");
        assertBadInput(() -> new Interval(Double.NaN, 0, 1)).hasMessageContaining("low <= mean");
        Map<Integer, Map<Integer, Interval>> sound = Map.of(1000, recall(0.5));
        assertBadInput(() -> new Found(0, 5000, 10, true, sound, 1, 1)).hasMessageContaining("found neighbors 0");
        assertBadInput(() -> new Found(10, 5000, 10, true, sound, -1, 1)).hasMessageContaining("meanNorm -1.0");
        assertBadInput(() -> new Found(10, 5000, 10, true, sound, 1, Double.POSITIVE_INFINITY))
                .hasMessageContaining("spread Infinity");
        assertBadInput(() -> new Found(10, 999, 10, true, sound, 1, 1)).hasMessageContaining("among 10 to 999 vectors");
        assertBadInput(() -> new Found(10, 5000, 10, true, Map.of(), 1, 1)).hasMessageContaining("found none");
        Map<Integer, Interval> few = Map.of(1, new Interval(0.5, 0.4, 0.6));
        assertBadInput(() -> new Found(10, 5000, 10, true, Map.of(1000, few), 1, 1))
                .hasMessageContaining("at the oversamplings [1, 2, 3, 5, 10, 20, 50]");
    }
}
