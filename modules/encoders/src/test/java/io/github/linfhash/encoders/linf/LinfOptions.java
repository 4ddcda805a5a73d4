package io.github.linfhash.encoders.linf;

import io.github.linfhash.encoders.training.InputGain;

/** Options for tests. */
final class LinfOptions {
    private LinfOptions() {}

    /** The defaults with a gain of 1, another number of stages and another bound. */
    static DeepLinf.Options of(int stages, double lambda) {
        DeepLinf.Options d = DeepLinf.Options.DEFAULTS;
        return d.with("gain", new InputGain(InputGain.Rule.FIXED, 1))
                .with("lambda", lambda)
                .with("stages", stages);
    }
}
