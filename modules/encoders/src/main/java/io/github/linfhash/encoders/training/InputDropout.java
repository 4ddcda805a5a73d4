package io.github.linfhash.encoders.training;

import io.github.linfhash.core.random.CounterStream;

/**
 * Dropout of the inputs of a batch (Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, JMLR 2014): each value becomes
 * 0 with a given probability, and the others are divided by what is left of 1. A new mask is drawn for each image in each
 * step, from a stream of its own.
 */
final class InputDropout {
    private static final int LEVELS = 1 << 16;

    private final CounterStream stream;
    private final int dropped;
    private final float kept;

    /**
     * Dropout with a given share.
     *
     * @param share from 0 to below 1, rounded to a multiple of 2^-16
     */
    InputDropout(double share, CounterStream stream) {
        this.stream = stream;
        this.dropped = (int) Math.round(share * LEVELS);
        this.kept = (float) LEVELS / (LEVELS - dropped);
    }

    /** Applies the mask of a step to a batch, image by image, two values to each 32 bits drawn. */
    void apply(float[] batch, int epoch, int step) {
        if (dropped == 0) {
            return;
        }
        int pairs = batch.length / 2;
        int[] words = new int[batch.length - pairs];
        stream.fill(epoch, step, words);
        for (int i = 0; i < pairs; i++) {
            batch[2 * i] *= factor(words[i] >>> 16);
            batch[2 * i + 1] *= factor(words[i] & LEVELS - 1);
        }
        if (words.length > pairs) {
            batch[2 * pairs] *= factor(words[pairs] >>> 16);
        }
    }

    /** 0 below the level, else what keeps the mean; without a branch, which chance would make the processor guess wrong. */
    private float factor(int level) {
        return kept * ((dropped - 1 - level) >>> 31);
    }
}
