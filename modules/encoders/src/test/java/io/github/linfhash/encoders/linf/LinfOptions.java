package io.github.linfhash.encoders.linf;

import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.TrainingOptions;

/** Options for tests. */
final class LinfOptions {
    private LinfOptions() {}

    /** The defaults with a gain of 1, another number of stages and another bound. */
    static DeepLinfOptions of(int stages, double lambda) {
        DeepLinfOptions d = DeepLinfOptions.DEFAULTS;
        return new DeepLinfOptions(
                new InputGain(InputGain.Rule.FIXED, 1),
                lambda,
                d.scales(),
                d.neuron(),
                stages,
                d.stageWeights(),
                d.initialization(),
                d.bias(),
                d.beta(),
                d.dictionary(),
                TrainingOptions.DEFAULTS);
    }
}
