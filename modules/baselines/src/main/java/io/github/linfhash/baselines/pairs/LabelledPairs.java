package io.github.linfhash.baselines.pairs;

import java.util.Arrays;

/** Pairs of training rows, as many similar as dissimilar ones, so that both kinds count alike; immutable. */
public final class LabelledPairs {
    private final int[] first;
    private final int[] second;

    private LabelledPairs(int[] first, int[] second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Copies pairs, the first half of which are similar and the others dissimilar.
     *
     * @param first the row of one end of each pair; an even number of pairs, at least 2
     * @param second the row of the other end
     */
    public static LabelledPairs of(int[] first, int[] second) {
        if (first.length != second.length || first.length == 0 || first.length % 2 != 0) {
            throw new IllegalArgumentException(
                    first.length + " first and " + second.length + " second rows are no pairs, half of them similar");
        }
        return new LabelledPairs(first.clone(), second.clone());
    }

    /** The number of pairs. */
    public int size() {
        return first.length;
    }

    /** The number of pairs of each kind. */
    public int each() {
        return first.length / 2;
    }

    public int first(int pair) {
        return first[pair];
    }

    public int second(int pair) {
        return second[pair];
    }

    public boolean similar(int pair) {
        return pair < each();
    }

    /**
     * What a threshold gains by separating each pair: 1 for a dissimilar pair, -1 for a similar one. Summed over the
     * separated pairs and divided by {@link #each}, this is TP - FP where "both ends on one side" is taken to mean
     * "similar". The sums are whole numbers, so that equally good thresholds are exactly equal.
     */
    public double[] gains() {
        double[] gains = new double[size()];
        Arrays.setAll(gains, pair -> similar(pair) ? -1 : 1);
        return gains;
    }
}
