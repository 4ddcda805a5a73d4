package io.github.linfhash.encoders.training;

import io.github.linfhash.core.random.CounterStream;
import org.apache.commons.rng.UniformRandomProvider;

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
        UniformRandomProvider random = stream.at(epoch, step);
        for (int i = 0; i < batch.length; i += 2) {
            int drawn = random.nextInt();
            batch[i] *= factor(drawn >>> 16);
            if (i + 1 < batch.length) {
                batch[i + 1] *= factor(drawn & LEVELS - 1);
            }
        }
    }

    /** 0 below the level, else what keeps the mean; without a branch, which chance would make the processor guess wrong. */
    private float factor(int level) {
        return kept * ((dropped - 1 - level) >>> 31);
    }
}
