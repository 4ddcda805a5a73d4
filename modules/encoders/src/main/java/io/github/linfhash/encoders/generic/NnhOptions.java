package io.github.linfhash.encoders.generic;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.TrainingOptions;

/**
 * Options of {@link Nnh}.
 *
 * @param gain of the input
 * @param biases whether each layer has a bias, which starts at 0
 * @param training how it is trained
 */
public record NnhOptions(
        @Origin(value = Source.OUR_READING, note = "not stated; the rule of the deep l-infinity encoder")
        InputGain gain,

        @Origin(value = Source.PAPER, note = "footnote 4: none")
        boolean biases,

        @Origin(value = Source.OUR_READING, note = "see each option")
        TrainingOptions training) {
    /** The paper's values where it prints them, our reading elsewhere. */
    public static final NnhOptions DEFAULTS =
            new NnhOptions(new InputGain(InputGain.Rule.QUANTILE, 0.75), false, TrainingOptions.DEFAULTS);

    /** What to begin with on data of one's own. */
    public static final NnhOptions RECOMMENDED =
            new NnhOptions(new InputGain(InputGain.Rule.FIXED, 2), true, TrainingOptions.RECOMMENDED);

    /** The same, trained otherwise. */
    public NnhOptions with(TrainingOptions other) {
        return new NnhOptions(gain, biases, other);
    }
}
