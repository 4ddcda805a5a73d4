package io.github.linfhash.results.claims;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.ClaimComparison.ClaimEffect;
import io.github.linfhash.results.claims.ClaimTests.ClaimVerdict;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.Locale;
import java.util.Optional;

/**
 * One comparison of a claim's test.
 *
 * @param label what is compared with what
 * @param measure what is compared: the metric or curve
 * @param bits the code length N; 0 where it is a trend over all code lengths
 * @param searches how many searches of options it rests on
 * @param seeds how many seeds it rests on
 * @param effect its size; empty if it could not be measured
 * @param supports whether the effect points where the claim says
 * @param missing why it decides nothing, whatever the effect; empty if the effect decides
 */
public record ClaimComparison(
        String label,
        String measure,
        int bits,
        int searches,
        int seeds,
        Optional<ClaimEffect> effect,
        boolean supports,
        String missing) {
    /** With fewer seeds, nothing is known of the spread. */
    static final int FEWEST = 2;

    /** Why options that one search chose decide nothing: another search chooses others. */
    static final String ONE_SEARCH = "one tuning run is not enough to rank methods";

    static ClaimComparison without(String label, String measure, int bits, int seeds, String why) {
        return new ClaimComparison(label, measure, bits, 0, seeds, Optional.empty(), false, why);
    }

    /**
     * A comparison by differences.
     *
     * @param missing why it decides nothing, whatever they are; empty if they decide
     */
    static ClaimComparison of(
            String label,
            String measure,
            int bits,
            CellValues differences,
            double expected,
            boolean lower,
            String missing) {
        int seeds = differences.seeds();
        if (seeds < FEWEST) {
            return without(
                    label,
                    measure,
                    bits,
                    seeds,
                    differences.isEmpty() ? "no seed with " + measure + " of both" : "too few seeds");
        }
        Summary summary = differences.tested();
        if (summary.interval().isEmpty()) {
            return without(label, measure, bits, seeds, "all differences are equal");
        }
        ClaimEffect effect = ClaimEffect.of(summary.interval().get(), expected, differences.overQueries());
        boolean supports = lower ? effect.size() < expected : effect.size() > expected;
        return new ClaimComparison(
                label, measure, bits, differences.searches(), seeds, Optional.of(effect), supports, missing);
    }

    ClaimComparison adjustedTo(double p) {
        return new ClaimComparison(
                label, measure, bits, searches, seeds, effect.map(found -> found.adjustedTo(p)), supports, missing);
    }

    /** Whether its effect counts as a test. */
    boolean tested() {
        return effect.isPresent() && missing.isEmpty();
    }

    /** Returns the verdict of this comparison alone. */
    public ClaimVerdict verdict() {
        if (!tested() || effect.isEmpty() || !effect.get().significant()) {
            return ClaimVerdict.UNDECIDED;
        }
        return supports ? ClaimVerdict.HOLDS : ClaimVerdict.DOES_NOT_HOLD;
    }

    /** Why it decides nothing; empty if it does. */
    public String doubt() {
        if (verdict() != ClaimVerdict.UNDECIDED || !tested()) {
            return missing;
        }
        return effect.map(found -> found.covers()
                        ? "the interval contains " + (found.expected() == 0 ? "zero" : found.expected())
                        : "not significant after correction for multiple comparisons")
                .orElse(missing);
    }

    /** Returns what the test rests on, such as seeds and queries; empty if there was no test. */
    public String basis() {
        if (!tested()) {
            return "";
        }
        String searched = searches > 1 ? "tuning runs, " : "";
        return effect.map(found -> searched + (found.overQueries() ? "seeds and queries" : "seeds"))
                .orElse("");
    }

    /** The case that it belongs to. */
    String place() {
        return bits == 0 ? measure : measure + " at " + bits + " bits";
    }

    /**
     * The size of a difference or a trend, and how sure it is.
     *
     * @param size its mean
     * @param low lower end of its 95% interval
     * @param high upper end of its 95% interval
     * @param expected what it is tested against: the claim says that it is beyond
     * @param p two-sided
     * @param adjusted the same after Holm's correction for all comparisons of the claim
     * @param overQueries whether the interval rests on the values of single queries, too
     */
    public record ClaimEffect(
            double size, double low, double high, double expected, double p, double adjusted, boolean overQueries) {
        /** The level at which an effect counts as more than chance. */
        public static final double LEVEL = 0.05;

        static ClaimEffect of(CrossedMean mean, double expected, boolean overQueries) {
            double p = mean.p(expected);
            return new ClaimEffect(mean.mean(), mean.low(), mean.high(), expected, p, p, overQueries);
        }

        ClaimEffect adjustedTo(double value) {
            return new ClaimEffect(size, low, high, expected, p, value, overQueries);
        }

        boolean covers() {
            return low <= expected && expected <= high;
        }

        boolean significant() {
            return adjusted < LEVEL;
        }
    }

    /** Effects as text for people: differences of metrics that are fractions in percentage points, everything else as it is. */
    public static final class EffectText {
        private EffectText() {}

        /** The size with its 95% interval, such as {@code -1.94 [-2.30, -1.58] points}; empty if there is none. */
        public static String of(Claim claim, ClaimComparison comparison) {
            return comparison
                    .effect()
                    .map(effect -> isFraction(claim.test(), comparison.measure())
                            ? text(effect, 100) + " points"
                            : text(effect, 1))
                    .orElse("");
        }

        /** Holm's p, such as {@code 0.012} or {@code <0.001}; empty where nothing was tested. */
        public static String p(ClaimComparison comparison) {
            return QuantityText.p(comparison.effect().stream()
                    .filter(effect -> comparison.tested())
                    .mapToDouble(ClaimEffect::adjusted)
                    .findFirst());
        }

        private static boolean isFraction(ClaimTest test, String measure) {
            return test.kind() != ClaimTest.Kind.DECREASING
                    && test.scale() != ClaimTest.Scale.LOG10
                    && StandardMetrics.keys().contains(measure)
                    && StandardMetrics.quantity(measure).kind() == Quantity.Kind.FRACTION;
        }

        private static String interval(double low, double high) {
            return "[" + number("%.3g", low) + ", " + number("%.3g", high) + "]";
        }

        private static String text(ClaimEffect effect, double factor) {
            return number("%.3g", factor * effect.size()) + " "
                    + interval(factor * effect.low(), factor * effect.high());
        }

        private static String number(String format, double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }
}
