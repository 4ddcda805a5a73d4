package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import java.util.List;
import java.util.Optional;

/**
 * A feed-forward encoder of images of dimension n into N real outputs, whose signs are the bits of a code.
 *
 * <p>Forward passes only read the parameters, so that any number of threads may run passes of their own at once;
 * {@link Pass#step} changes them and belongs to one training thread.
 */
public interface Network {
    /** The dimension n of its input. */
    int dimension();

    /** The number N of its outputs. */
    int outputs();

    /** The learned arrays, each once, in a fixed order. */
    List<Parameter> parameters();

    /** The number of layers of neurons. */
    int layers();

    /** The {@link ActivationLayer#bounds} of the outputs: lambda of each unit where they are bounded linear units, else empty. */
    Optional<float[]> outputBounds();

    /** The encoder of single vectors, with the learned values as they are now. */
    EncoderNetwork frozen();

    /** Preallocated buffers for blocks of the given number of images. */
    Pass pass(int columns);

    /** A forward and backward pass over a block of B images; for one thread. */
    interface Pass {
        /** The images, n x B, to be filled before {@link #forward}. */
        FloatMatrix input();

        /** The outputs, N x B, column-major: a buffer of this pass, valid until the next call. */
        float[] forward();

        /** The output z of a layer's neurons, counted from 0, in the last forward pass; a buffer of this pass. */
        float[] activation(int layer);

        /** Whether the neuron at an index of a layer's output passed no gradient, or next to none. */
        boolean saturated(int layer, int index);

        /**
         * Propagates a gradient back through the last forward pass and takes a step with all parameters.
         *
         * @param gradient of the loss with respect to the outputs, N x B, column-major; overwritten
         */
        void step(float[] gradient, Optimizer optimizer);
    }

    /** All that {@link SavedNetworks#restore} needs to make this network again. */
    ModelState state();

    /** The number of learned values. */
    default long parameterCount() {
        return parameters().stream().mapToLong(Parameter::size).sum();
    }
}
