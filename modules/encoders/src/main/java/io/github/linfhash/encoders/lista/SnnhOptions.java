package io.github.linfhash.encoders.lista;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.encoders.training.CodeRule;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.OptionChecks;
import io.github.linfhash.encoders.training.StageWeights;
import io.github.linfhash.encoders.training.TrainingOptions;

/**
 * Options of {@link Snnh}.
 *
 * @param gain of the input
 * @param threshold the quantile of |g W y| over the training images at which every threshold theta starts
 * @param stages K, the number of unfolded stages; there are K + 1 layers of neurons
 * @param stageWeights whether S_k is learned for each stage
 * @param biases whether the input and each stage have a bias, which starts at 0
 * @param outputTanh c of a last layer x = tanh(c z), or 0 for none
 * @param codes how outputs become bits
 * @param initialization where weights start
 * @param dictionary that the weights start from
 * @param training how it is trained
 */
public record SnnhOptions(
        @Origin(
                value = Source.OUR_READING,
                note = "not stated; unbounded outputs diverge when dissimilar pairs start far beyond the margin")
        InputGain gain,

        @Origin(value = Source.OUR_READING, note = "not stated; half of the first layer is zero at first")
        double threshold,

        @Origin(value = Source.PAPER, note = "section 5.1: the same depth, three hidden layers")
        int stages,

        @Origin(value = Source.PAPER, note = "section 5.1: untied, as in the l-infinity encoder")
        StageWeights stageWeights,

        @Origin(value = Source.PAPER, note = "footnote 4: none")
        boolean biases,

        @Origin(value = Source.OUR_READING, note = "Masci et al. have one; the paper compares the same depth")
        double outputTanh,

        @Origin(value = Source.OUR_READING, note = "the paper binarizes by the sign")
        CodeRule codes,

        @Origin(value = Source.OUR_READING, note = "not stated; the same start as the l-infinity encoder")
        Initialization initialization,

        @Origin(value = Source.OUR_READING, note = "K-SVD is named, its settings are not")
        DictionaryOptions dictionary,

        @Origin(value = Source.OUR_READING, note = "see each option")
        TrainingOptions training) {

    /** Where the weights start. */
    public enum Initialization {
        /** From the iterative soft thresholding of a dictionary learned by K-SVD. */
        KSVD_ISTA,
        /** At random (Glorot). */
        RANDOM
    }

    /** The paper's values where it prints them, our reading elsewhere. */
    public static final SnnhOptions DEFAULTS = new SnnhOptions(
            new InputGain(InputGain.Rule.DISTANCE, 0.75),
            0.5,
            2,
            StageWeights.UNTIED,
            false,
            0,
            CodeRule.SIGN,
            Initialization.KSVD_ISTA,
            DictionaryOptions.DEFAULTS,
            TrainingOptions.DEFAULTS);

    /** What to begin with on data of one's own: outputs are bounded by a last layer, so that training cannot diverge. */
    public static final SnnhOptions RECOMMENDED = new SnnhOptions(
            new InputGain(InputGain.Rule.FIXED, 2),
            0.5,
            2,
            StageWeights.UNTIED,
            true,
            2,
            CodeRule.SIGN,
            Initialization.KSVD_ISTA,
            DictionaryOptions.DEFAULTS,
            TrainingOptions.RECOMMENDED);

    public SnnhOptions {
        OptionChecks check = new OptionChecks("SNNH's");
        check.require(
                threshold > 0 && threshold < 1, "threshold must be a quantile above 0 and below 1, not " + threshold);
        check.requireStages(stages);
        check.require(
                outputTanh >= 0 && outputTanh < Double.POSITIVE_INFINITY,
                "outputTanh must be at least 0, not " + outputTanh);
    }

    /** The same, trained otherwise. */
    public SnnhOptions with(TrainingOptions other) {
        return new SnnhOptions(
                gain, threshold, stages, stageWeights, biases, outputTanh, codes, initialization, dictionary, other);
    }
}
