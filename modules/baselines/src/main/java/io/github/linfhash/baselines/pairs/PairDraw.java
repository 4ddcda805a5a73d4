package io.github.linfhash.baselines.pairs;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;

/** The pairs that baselines learn from: so many of each kind, by {@link PairSampler#halves}. */
public final class PairDraw {
    /** The name of the random stream that pairs are drawn from. */
    public static final String STREAM = "pairs";

    /** How many pairs of each kind methods draw by default. */
    public static final int DEFAULT_PAIRS = 50_000;

    /** Where {@link #DEFAULT_PAIRS} comes from. */
    public static final String DEFAULT_PAIRS_NOTE = "100,000 in all, the one number of pairs that the paper names";

    private static final int MOST_PAIRS = 100_000_000;

    private PairDraw() {}

    /**
     * Checks a method's option for the number of pairs.
     *
     * @throws InputException if it is less than 1 or more than 100 million
     */
    public static void requireValid(int each, String method) {
        if (each < 1 || each > MOST_PAIRS) {
            throw new InputException(method + ": pairs must lie between 1 and " + MOST_PAIRS + ", not " + each);
        }
    }

    /**
     * Draws pairs of the labelled training images.
     *
     * @param each how many pairs of each kind, at least 1
     * @throws InputException if one kind is missing or so rare that it was not met often enough
     */
    public static LabelledPairs draw(TrainingSet training, int each, RandomStreams random) {
        Pairs pairs = new PairSampler(training.labelled(), training.labels()).halves(each, random.stream(STREAM));
        int[] first = new int[pairs.size()];
        int[] second = new int[pairs.size()];
        for (int pair = 0; pair < first.length; pair++) {
            first[pair] = pairs.first(pair);
            second[pair] = pairs.second(pair);
        }
        return LabelledPairs.of(first, second);
    }
}
