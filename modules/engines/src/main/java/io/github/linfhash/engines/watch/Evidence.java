package io.github.linfhash.engines.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence that the mean of numbers from 0 to 1 is, from some look on, below a bound: an e-detector whose false alarms are limited over all time.
 *
 * <p>Before look t, a share 1 / (t (t + 1)) of a capital of 1 is divided among the bets of {@link MeanSequence}, and from then on each number x
 * multiplies it by 1 - c (x - m) / (1 - m). If no number has a mean below m given those before it, the sum of all capitals and of what was not yet bet is
 * a nonnegative supermartingale, so it reaches 1/a with a probability of at most a, however long it goes on (Ville). The shares make it a mixture over
 * the moments of a change, as in e-detectors (Shin, Ramdas and Rinaldo, E-detectors, NEJSDS 2(2), 2023), but with weights that sum to 1.
 *
 * @param looks how many there were
 * @param capitals of each bet, over all shares
 * @param recent the means of the last looks, at most {@value #RECENT}
 */
public record Evidence(int looks, List<Double> capitals, List<Double> recent) {
    static final int RECENT = 10;
    static final Evidence NONE = new Evidence(0, Collections.nCopies(MeanSequence.BETS.length, 0.0), List.of());

    /** No alarm needs more, and it stays finite. */
    private static final double MOST = 1e100;

    /** @throws IllegalArgumentException if a number is not as described */
    public Evidence {
        capitals = List.copyOf(capitals);
        recent = List.copyOf(recent);
        if (looks < 0
                || capitals.size() != MeanSequence.BETS.length
                || recent.size() > RECENT
                || !capitals.stream().allMatch(capital -> capital >= 0 && capital <= MOST)) {
            throw new IllegalArgumentException("expected capitals of at least 0 for each bet, found " + capitals);
        }
    }

    /**
     * Returns the evidence after one more look.
     *
     * @param bound m, below 1
     * @param numbers of the look, at least one
     */
    Evidence after(double bound, List<Double> numbers) {
        double share = 1.0 / ((looks + 1.0) * (looks + 2.0)) / MeanSequence.BETS.length;
        List<Double> grown = new ArrayList<>();
        for (int b = 0; b < MeanSequence.BETS.length; b++) {
            double capital = capitals.get(b) + share;
            for (double number : numbers) {
                capital = Math.min(MOST, capital * (1 - MeanSequence.BETS[b] * (number - bound) / (1 - bound)));
            }
            grown.add(Math.max(0, capital));
        }
        List<Double> last = new ArrayList<>(recent);
        last.add(mean(numbers));
        return new Evidence(looks + 1, grown, last.subList(Math.max(0, last.size() - RECENT), last.size()));
    }

    /** The evidence: 1 at the beginning. */
    double value() {
        return capitals.stream().mapToDouble(Double::doubleValue).sum() + 1.0 / (looks + 1.0);
    }

    /** Returns this evidence with no recent looks. */
    Evidence withoutRecent() {
        return new Evidence(looks, capitals, List.of());
    }

    /** Whether the mean of the recent looks is not below a bound, and there are enough of them. */
    boolean recovered(double bound) {
        return recent.size() == RECENT && mean(recent) >= bound;
    }

    static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).sum() / numbers.size();
    }
}
