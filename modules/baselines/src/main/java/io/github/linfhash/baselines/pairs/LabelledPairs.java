package io.github.linfhash.baselines.pairs;

import java.util.Arrays;

/** Pairs of training rows, each known to be similar or dissimilar; immutable. */
public final class LabelledPairs {
    private final int[] first;
    private final int[] second;
    private final int similar;

    private LabelledPairs(int[] first, int[] second, int similar) {
        this.first = first;
        this.second = second;
        this.similar = similar;
    }

    /**
     * Copies pairs, of which the similar ones come first.
     *
     * @param first the row of one end of each pair
     * @param second the row of the other end
     * @param similar how many pairs are similar; at least 1 and fewer than there are pairs
     */
    public static LabelledPairs of(int[] first, int[] second, int similar) {
        if (first.length != second.length || similar < 1 || similar >= first.length) {
            throw new IllegalArgumentException(first.length + " first and " + second.length + " second rows, " + similar
                    + " of them similar, are no pairs of both kinds");
        }
        return new LabelledPairs(first.clone(), second.clone(), similar);
    }

    /** The number of pairs. */
    public int size() {
        return first.length;
    }

    public int first(int pair) {
        return first[pair];
    }

    public int second(int pair) {
        return second[pair];
    }

    public boolean similar(int pair) {
        return pair < similar;
    }

    /** One over the number of pairs of the same kind as this one. */
    public double share(int pair) {
        return 1.0 / (similar(pair) ? similar : size() - similar);
    }

    /**
     * What a threshold gains by separating each pair where both kinds count alike: +1 / (number of dissimilar pairs)
     * for a dissimilar pair, -1 / (number of similar pairs) for a similar one. Summed over the separated pairs, this is
     * TP - FP where "both ends on one side" is taken to mean "similar".
     */
    public double[] gains() {
        double[] gains = new double[size()];
        Arrays.setAll(gains, pair -> similar(pair) ? -share(pair) : share(pair));
        return gains;
    }
}
