package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import java.util.List;

/**
 * A loss of the outputs of a batch of images. It knows what it has to know of the training images, such as which are similar;
 * what it learns itself is no part of the encoder.
 */
interface BatchLoss {
    /**
     * The loss of a batch and its gradient.
     *
     * @param x outputs, N x B, column-major; left as they are
     * @param rows the training images of the batch
     * @param gradient of the loss with respect to the outputs, N x B; overwritten
     * @return the loss
     */
    double gradient(float[] x, int[] rows, float[] gradient);

    /** What the loss learns itself, beside the encoder. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Hands the gradients of {@link #parameters}, those of the last batch, to the optimizer, which moves them with the network's. */
    default void step(Optimizer optimizer) {}

    /** Says that the steps of an epoch follow, for losses that change with the epochs; epochs count from 1. */
    default void beginEpoch(int epoch) {}
}
