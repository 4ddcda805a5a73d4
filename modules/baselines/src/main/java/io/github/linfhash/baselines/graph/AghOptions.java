package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;

/**
 * The options of AGH, for one and for two layers.
 *
 * @param anchors m, the number of K-means centres
 * @param nearest s, how many of its nearest anchors a row is joined to
 * @param weights how a row's weights to them are found
 * @param clusteringIterations the most iterations of Lloyd's algorithm
 */
public record AghOptions(
        @Origin(value = Source.PAPER, note = "Liu et al. 2011, section 5: 300 anchors for all data sets")
        int anchors,

        @Origin(
                value = Source.OUR_READING,
                note =
                        "tuned for each data set in the paper; best of 2, 3, 5, 10 on labelled training images of CIFAR-10")
        int nearest,

        @Origin(value = Source.RELEASED_CODE, note = "the code has Gaussian weights alone")
        AnchorWeights weights,

        @Origin(value = Source.OUR_READING, note = "the sources do not say; the centres hardly move after it")
        int clusteringIterations) {

    /** The published settings. */
    public static final AghOptions DEFAULTS = new AghOptions(300, 3, AnchorWeights.GAUSSIAN, 10);

    public AghOptions {
        require(anchors >= 2, "anchors", "at least 2", anchors);
        require(
                nearest >= 1 && nearest <= anchors,
                "nearest",
                "from 1 to the number of anchors (" + anchors + ")",
                nearest);
        require(clusteringIterations >= 0, "clusteringIterations", "at least 0", clusteringIterations);
    }

    /** The same options with at most half as many anchors as there are rows. */
    AghOptions fitting(DataShape data) {
        int fewer = Math.max(Math.max(2, nearest), Math.min(anchors, data.database() / 2));
        return new AghOptions(fewer, nearest, weights, clusteringIterations);
    }

    private static void require(boolean holds, String option, String expected, int found) {
        if (!holds) {
            throw new InputException("AGH option " + option + " must be " + expected + ", not " + found + ".");
        }
    }
}
