package io.github.linfhash.baselines.pairs;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingSet;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws similar and dissimilar pairs of the labelled training images, uniformly and with replacement.
 *
 * <p>A pair never joins an image with itself, and a similar pair never joins two images with identical features: such
 * pairs say nothing about the class and would only shrink the spread of similar pairs.
 */
public final class PairSampler {
    /** The name of the random stream that pairs are to be drawn from. */
    public static final String STREAM = "pairs";

    /** How many pairs of each kind methods draw by default. */
    public static final int DEFAULT_PAIRS = 50_000;

    /** Where {@link #DEFAULT_PAIRS} comes from. */
    public static final String DEFAULT_PAIRS_NOTE = "100,000 in all, the one number of pairs that the paper names";

    private static final int MOST_PAIRS = 100_000_000;
    private static final long DRAWS_PER_PAIR = 2_000;

    private final Labels labels;
    private final IdenticalRows copies;

    public PairSampler(TrainingSet training) {
        this.labels = training.labels();
        this.copies = IdenticalRows.of(training.labelled());
    }

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
     * Draws pairs until there are enough of both kinds.
     *
     * @param each how many pairs of each kind, at least 1
     * @param random where to draw from
     * @throws InputException if one kind is missing or so rare that it was not met often enough
     */
    public LabelledPairs sample(int each, UniformRandomProvider random) {
        int[] first = new int[2 * each];
        int[] second = new int[2 * each];
        int similar = 0;
        int dissimilar = 0;
        for (long draw = 0; similar < each || dissimilar < each; draw++) {
            if (draw == DRAWS_PER_PAIR * each) {
                throw tooFew(similar, dissimilar, draw);
            }
            int i = random.nextInt(labels.size());
            int j = random.nextInt(labels.size());
            if (i == j) {
                continue;
            }
            boolean alike = labels.similar(i, labels, j);
            if (alike && similar < each && !copies.identical(i, j)) {
                first[similar] = i;
                second[similar++] = j;
            } else if (!alike && dissimilar < each) {
                first[each + dissimilar] = i;
                second[each + dissimilar++] = j;
            }
        }
        return LabelledPairs.of(first, second);
    }

    private InputException tooFew(int similar, int dissimilar, long draws) {
        return new InputException("among " + draws + " random pairs of the " + labels.size()
                + " labelled training images, " + similar + " were similar and not identical and " + dissimilar
                + " were dissimilar; more of both are needed to learn from pairs");
    }
}
