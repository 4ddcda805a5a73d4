package io.github.linfhash.encoders.layers;

import io.github.linfhash.encoders.algebra.FloatMatrix;

/**
 * What becomes of the gradients of backward passes: a rule of descent, with what it keeps from step to step. It belongs to
 * one training thread and to one network.
 *
 * <p>A step hands over the gradient of every parameter once, of shared weights once for each use, and ends with {@link
 * #finish}. Weight decay is taken from weight matrices alone, never from biases or scales, and is decoupled from the
 * gradient: a weight loses {@code rate * decay} of itself in a step (for plain descent this is the same as a penalty of
 * decay / 2 times its square).
 */
public interface Optimizer {
    /**
     * Takes in the gradient {@code gain * delta * transpose(in)} of a weight matrix.
     *
     * @param first whether the matrix is the first layer's, which has a decay of its own
     * @param delta outputs x B, gradient of the loss with respect to the products
     * @param in inputs x B, what the weights were applied to
     */
    void weights(Weights weights, boolean first, double gain, FloatMatrix delta, FloatMatrix in);

    /** Takes in the gradient that a vector gathered, which is forgotten there. */
    void vector(UnitParameter vector);

    /** Ends a step: whatever has not moved yet moves now. */
    void finish();
}
