package io.github.linfhash.reports.page;

import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantizers.flatness.Flatness;
import io.github.linfhash.results.claims.ClaimVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Claims about flat representations, tested on what was measured.
 *
 * <ul>
 *   <li>The bound predicts the error; flatter representations keep more neighbors: Spearman's rank correlation over the
 *       representations of equal bytes, with the exact share of all orders of one of the two that have one as large. At 5 %
 *       it holds, and does not hold if that of the opposite order is below 5 %.
 *   <li>A flat representation, learned or solved, keeps more neighbors than the random rotation of as many bytes: where its
 *       interval lies above the other's, it does; where below, it does not.
 * </ul>
 */
public final class FlatnessClaims {
    private static final double LEVEL = 0.05;

    /** So many values have 40,320 orders, all of which are tried. */
    private static final int MOST_ORDERED = 8;

    private static final String ROTATION = "rotation";
    private static final List<String> FLAT = List.of("anti-sparse", "deep-linf");

    private FlatnessClaims() {}

    /**
     * A claim with its verdict.
     *
     * @param bytes at which it is made
     * @param sentence the claim
     * @param verdict what the measurement says of it
     * @param evidence the numbers behind the verdict
     */
    public record Tested(int bytes, String sentence, ClaimVerdict verdict, String evidence) {}

    /** All claims, those of fewer bytes first. */
    public static List<Tested> of(Flatness flatness) {
        List<Tested> tested = new ArrayList<>();
        flatness.byBytes().forEach((bytes, outcomes) -> {
            tested.add(correlated(
                    bytes,
                    "The bound predicts the error of signs",
                    outcomes,
                    Flatness.Outcome::predicted,
                    Flatness.Outcome::error));
            tested.add(correlated(
                    bytes,
                    "Flatter representations keep more neighbors",
                    outcomes,
                    Flatness.Outcome::flatness,
                    outcome -> outcome.recallAt(1)));
            tested.addAll(beside(bytes, outcomes));
        });
        return tested;
    }

    private static Tested correlated(
            int bytes,
            String sentence,
            List<Flatness.Outcome> outcomes,
            ToDoubleFunction<Flatness.Outcome> one,
            ToDoubleFunction<Flatness.Outcome> other) {
        double correlation = Flatness.rankCorrelation(outcomes, one, other);
        if (Double.isNaN(correlation) || outcomes.size() > MOST_ORDERED) {
            String evidence = outcomes.size() + " representations: expected 3 to " + MOST_ORDERED;
            return new Tested(bytes, sentence, ClaimVerdict.UNDECIDED, evidence);
        }
        double[] first = ranks(outcomes.stream().mapToDouble(one).toArray());
        double[] second = ranks(outcomes.stream().mapToDouble(other).toArray());
        Orders orders = new Orders(first, second);
        double above = orders.share(1);
        double below = orders.share(-1);
        ClaimVerdict verdict = above <= LEVEL
                ? ClaimVerdict.HOLDS
                : below <= LEVEL ? ClaimVerdict.DOES_NOT_HOLD : ClaimVerdict.UNDECIDED;
        return new Tested(
                bytes,
                sentence,
                verdict,
                String.format(
                        Locale.ROOT,
                        "rank correlation %.2f over %d representations, p = %.3f",
                        correlation,
                        outcomes.size(),
                        verdict == ClaimVerdict.DOES_NOT_HOLD ? below : above));
    }

    /** From 0, equal values share the mean of theirs. */
    private static double[] ranks(double[] values) {
        return Arrays.stream(values)
                .map(value -> {
                    double smaller =
                            Arrays.stream(values).filter(other -> other < value).count();
                    double equal = Arrays.stream(values)
                            .filter(other -> other == value)
                            .count();
                    return smaller + (equal - 1) / 2;
                })
                .toArray();
    }

    /** All orders of the second of two lists of ranks beside the first. */
    private static final class Orders {
        private static final double ROUNDING = 1e-9;

        private final double[] first;
        private final double[] second;
        private final double measured;
        private long tried;
        private long asLarge;

        Orders(double[] first, double[] second) {
            this.first = first;
            this.second = second.clone();
            this.measured = product(first, second);
        }

        private static double product(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        /** The share of orders whose sum of products is at least, or with sign -1 at most, the measured one. */
        double share(int sign) {
            tried = 0;
            asLarge = 0;
            order(0, sign);
            return (double) asLarge / tried;
        }

        private void order(int from, int sign) {
            if (from == second.length) {
                tried++;
                asLarge += sign * (product(first, second) - measured) >= -ROUNDING ? 1 : 0;
                return;
            }
            for (int i = from; i < second.length; i++) {
                swap(from, i);
                order(from + 1, sign);
                swap(from, i);
            }
        }

        private void swap(int i, int j) {
            double kept = second[i];
            second[i] = second[j];
            second[j] = kept;
        }
    }

    private static List<Tested> beside(int bytes, List<Flatness.Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.name().equals(ROTATION))
                .findFirst()
                .map(rotation -> outcomes.stream()
                        .filter(outcome -> FLAT.stream().anyMatch(outcome.name()::startsWith))
                        .map(flat -> beside(bytes, flat, rotation))
                        .toList())
                .orElse(List.of());
    }

    private static Tested beside(int bytes, Flatness.Outcome flat, Flatness.Outcome rotation) {
        MeanInterval ours = flat.interval(1);
        MeanInterval theirs = rotation.interval(1);
        ClaimVerdict verdict = ours.low() > theirs.high()
                ? ClaimVerdict.HOLDS
                : ours.high() < theirs.low() ? ClaimVerdict.DOES_NOT_HOLD : ClaimVerdict.UNDECIDED;
        return new Tested(
                bytes,
                flat.name() + " keeps more neighbors than a random rotation",
                verdict,
                "recall x1 of " + text(ours) + " beside " + text(theirs));
    }

    private static String text(MeanInterval recall) {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", recall.mean(), recall.low(), recall.high());
    }
}
