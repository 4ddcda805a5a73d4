package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.List;
import java.util.Optional;

/** A layer of neurons: an elementwise function z = f(u), perhaps with a learned scale for each unit. */
public interface ActivationLayer {
    /** The function's name in saved models, such as {@code bounded-linear}. */
    String function();

    /** The learned scales; empty if there are none. */
    List<UnitParameter> parameters();

    /** For each unit, the magnitude that clips its output and that it therefore reaches; empty if nothing is clipped. */
    default Optional<float[]> bounds() {
        return Optional.empty();
    }

    /** The function with the scales as they are now, for single vectors. */
    Activation activation();

    /** The arithmetic for blocks of the given number of columns, with its own buffers; for one thread. */
    Kernel kernel(int columns);

    /** A layer's arithmetic on blocks of units x B values, column-major. */
    interface Kernel {
        /** Sets z to f(u), with the scales as they are now. */
        void forward(float[] u, float[] z);

        /**
         * Turns the gradient with respect to z into the one with respect to u, and gathers the scales' gradients.
         *
         * @param u the input of the last forward pass
         * @param z its output
         * @param gradient modified
         */
        void backward(float[] u, float[] z, float[] gradient);

        /** Whether the neuron at an index of u and z passes no gradient to its input, or next to none. */
        boolean saturated(float[] u, float[] z, int index);
    }
}
