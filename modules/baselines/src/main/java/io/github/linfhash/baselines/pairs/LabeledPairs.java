package io.github.linfhash.baselines.pairs;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;

/**
 * Pairs of training rows that baselines learn from, as many similar as dissimilar ones, so that both kinds count alike, drawn
 * by {@link PairSampler#halves}; immutable.
 */
public final class LabeledPairs {
    /** The name of the random stream that pairs are drawn from. */
    private static final String STREAM = "pairs";

    /** How many pairs of each kind methods draw by default. */
    static final int DEFAULT_PAIRS = 50_000;

    /** Where {@link #DEFAULT_PAIRS} comes from. */
    static final String DEFAULT_PAIRS_NOTE = "100,000 pairs in all, the only number of pairs that the paper names.";

    static final int MOST_PAIRS = 100_000_000;

    private final int[] first;
    private final int[] second;

    private LabeledPairs(int[] first, int[] second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Copies pairs, the first half of which are similar and the others dissimilar.
     *
     * @param first the row of one end of each pair; an even number of pairs, at least 2
     * @param second the row of the other end
     */
    public static LabeledPairs of(int[] first, int[] second) {
        if (first.length != second.length || first.length == 0 || first.length % 2 != 0) {
            throw new IllegalArgumentException(
                    first.length + " first and " + second.length + " second rows are no pairs, half of them similar");
        }
        return new LabeledPairs(first.clone(), second.clone());
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
     * Returns for each pair the gain of a threshold that separates it: 1 for a dissimilar pair, -1 for a similar one. Summed over the separated pairs
     * and divided by {@link #each}, this is TP - FP where "both ends on one side" is taken to mean "similar". The sums are whole numbers, so that
     * equally good thresholds are exactly equal.
     */
    public double[] gains() {
        double[] gains = new double[size()];
        Arrays.setAll(gains, pair -> similar(pair) ? -1 : 1);
        return gains;
    }

    /**
     * Draws pairs of the labeled training images.
     *
     * @param each how many pairs of each kind, at least 1
     * @throws InputException if one kind is missing or so rare that it was not met often enough
     */
    public static LabeledPairs draw(TrainingSet training, int each, RandomStreams random) {
        Pairs pairs = new PairSampler(training.labeled(), training.labels()).halves(each, random.stream(STREAM));
        int[] first = new int[pairs.size()];
        int[] second = new int[pairs.size()];
        for (int pair = 0; pair < first.length; pair++) {
            first[pair] = pairs.first(pair);
            second[pair] = pairs.second(pair);
        }
        return of(first, second);
    }
}
