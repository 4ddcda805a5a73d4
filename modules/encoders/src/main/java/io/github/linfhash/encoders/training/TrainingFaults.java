package io.github.linfhash.encoders.training;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.layers.Parameter;
import java.util.List;

/**
 * What can go wrong in a training, in sentences.
 *
 * @param method the name under which failures are reported
 * @param options how it is trained
 */
record TrainingFaults(String method, TrainingOptions options) {
    NonFiniteException diverged(String what, double value, int epoch) {
        return new NonFiniteException("Training " + method + " diverged: in epoch " + epoch + " of " + options.epochs()
                + " the " + what + " became " + value + "; lower training.learningRate (now " + options.learningRate()
                + ") or the input gain.");
    }

    /**
     * Checks the weights after an epoch.
     *
     * @throws NonFiniteException if one is NaN or infinite
     */
    void requireFiniteWeights(List<Parameter> parameters, int epoch) {
        for (Parameter parameter : parameters) {
            for (float value : parameter.toArray()) {
                if (!Float.isFinite(value)) {
                    throw diverged("parameter " + parameter.name(), value, epoch);
                }
            }
        }
    }

    /**
     * Checks the outputs after training. Soft thresholds above every input give no gradient, so that a network once silent on
     * all images stays so.
     *
     * @param zeros the share of outputs that are 0
     * @param epochs the number of epochs
     * @throws InputException if all are
     */
    void requireSomeOutput(double zeros, int epochs) {
        if (zeros == 1) {
            throw new InputException("Training " + method + " collapsed: after epoch " + epochs
                    + " every output is 0 on every training image, so that all codes are equal; lower the threshold, "
                    + "training.sparsityPenalty or training.learningRate.");
        }
    }
}
