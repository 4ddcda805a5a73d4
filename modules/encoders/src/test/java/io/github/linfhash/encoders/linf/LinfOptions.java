package io.github.linfhash.encoders.linf;

import io.github.linfhash.encoders.training.InputGain;
import java.util.Map;

/** Options for tests. */
final class LinfOptions {
    private LinfOptions() {}

    /** The defaults with a gain of 1, another number of stages and another bound. */
    static DeepLinf.Options of(int stages, double lambda) {
        DeepLinf.Options d = DeepLinf.Options.DEFAULTS;
        return d.with(Map.of("gain", new InputGain(InputGain.Rule.FIXED, 1), "lambda", lambda, "stages", stages));
    }
}
