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
 * Options of {@link DeepL0}.
 *
 * @param gain of the input
 * @param threshold the quantile of |g W y| over the training images at which every threshold theta starts
 * @param ramp sigma, the share of a threshold on which a neuron rises from 0
 * @param stages K, the number of unfolded stages; there are K + 1 layers of neurons
 * @param stageWeights whether S_k is learned for each stage
 * @param biases whether the input and each stage have a bias, which starts at 0
 * @param outputTanh c of a last layer x = tanh(c z), or 0 for none
 * @param codes how outputs become bits
 * @param initialization where weights start
 * @param dictionary that the weights start from
 * @param training how it is trained
 */
public record DeepL0Options(
        @Origin(value = Source.OUR_READING, note = "the paper does not hash; as for SNNH on data of one's own")
        InputGain gain,

        @Origin(
                value = Source.OUR_READING,
                note = "the paper starts from iterative hard thresholding, whose lambda it does not print")
        double threshold,

        @Origin(value = Source.OUR_READING, note = "the paper lets it fall during training; constant here")
        double ramp,

        @Origin(value = Source.OUR_READING, note = "the depth of the encoders that it stands beside")
        int stages,

        @Origin(value = Source.OUR_READING, note = "as the encoders that it stands beside")
        StageWeights stageWeights,

        @Origin(value = Source.OUR_READING, note = "as SNNH on data of one's own")
        boolean biases,

        @Origin(value = Source.OUR_READING, note = "as SNNH on data of one's own")
        double outputTanh,

        @Origin(value = Source.OUR_READING, note = "as the encoders that it stands beside: the sign")
        CodeRule codes,

        @Origin(value = Source.OUR_READING, note = "as SNNH; the paper learns the dictionary first, too")
        SnnhOptions.Initialization initialization,

        @Origin(value = Source.OUR_READING, note = "as SNNH")
        DictionaryOptions dictionary,

        @Origin(value = Source.OUR_READING, note = "see each option")
        TrainingOptions training) {

    /** Those of SNNH on data of one's own. */
    public static final DeepL0Options DEFAULTS = new DeepL0Options(
            SnnhOptions.RECOMMENDED.gain(),
            SnnhOptions.RECOMMENDED.threshold(),
            0.2,
            SnnhOptions.RECOMMENDED.stages(),
            SnnhOptions.RECOMMENDED.stageWeights(),
            SnnhOptions.RECOMMENDED.biases(),
            SnnhOptions.RECOMMENDED.outputTanh(),
            SnnhOptions.RECOMMENDED.codes(),
            SnnhOptions.RECOMMENDED.initialization(),
            SnnhOptions.RECOMMENDED.dictionary(),
            SnnhOptions.RECOMMENDED.training());

    public DeepL0Options {
        OptionChecks check = new OptionChecks("The deep l0 encoder's option");
        check.require(
                threshold > 0 && threshold < 1, "threshold must be a quantile above 0 and below 1, not " + threshold);
        check.require(ramp > 0 && ramp <= 1, "ramp must be above 0 and at most 1, not " + ramp);
        check.requireStages(stages);
        check.require(
                outputTanh >= 0 && outputTanh < Double.POSITIVE_INFINITY,
                "outputTanh must be at least 0, not " + outputTanh);
    }

    /** What builds the network but for its neurons. */
    SnnhOptions lista() {
        return new SnnhOptions(
                gain, threshold, stages, stageWeights, biases, outputTanh, codes, initialization, dictionary, training);
    }
}
