package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;

/**
 * What a step of the pair source {@code in-batch} takes its pairs from.
 *
 * @param images B, images in a batch; all pairs of them are used. No more are taken than there are training images
 * @param classes P, the classes (or labels) that a batch is drawn from, B / P images of each; 0 draws images uniformly
 * @param steps in an epoch
 */
public record BatchOptions(
        @Origin(value = Source.PAPER, note = "section 5.1: batch size 128, read as inputs, not as pairs")
        int images,

        @Origin(value = Source.OUR_READING, note = "not stated; uniform")
        int classes,

        @Origin(value = Source.OUR_READING, note = "not stated; twenty epochs make 3,000 steps")
        int steps) {
    /** 128 images, drawn uniformly, 150 times an epoch. */
    public static final BatchOptions DEFAULTS = new BatchOptions(128, 0, 150);

    private static final int MOST_IMAGES = 8192;

    public BatchOptions {
        OptionRecords.Checks check = new OptionRecords.Checks("The training option");
        check.require(
                images >= 2 && images <= MOST_IMAGES,
                "batch.images must be from 2 to " + MOST_IMAGES + ", not " + images);
        check.require(
                classes >= 0 && (classes == 0 || images / classes >= 2),
                "batch.classes must be 0 or leave two images of " + images + " to each class, not " + classes);
        check.require(steps >= 1, "batch.steps must be at least 1, not " + steps);
    }
}
