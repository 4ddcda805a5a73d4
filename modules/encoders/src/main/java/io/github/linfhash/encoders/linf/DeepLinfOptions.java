package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.OptionChecks;
import io.github.linfhash.encoders.training.StageWeights;
import io.github.linfhash.encoders.training.TrainingOptions;

/**
 * Options of {@link DeepLinf}.
 *
 * @param gain of the input
 * @param lambda the initial bound of every unit, above 0
 * @param scales how the bounds of the layers are tied
 * @param neuron the neurons
 * @param stages K, the number of unfolded stages; there are K + 1 layers of neurons
 * @param stageWeights whether S_k and b_k are learned for each stage
 * @param initialization where weights start
 * @param bias where the biases start
 * @param beta the penalty of the ADMM that the weights start from
 * @param dictionary that the weights start from
 * @param training how it is trained
 */
public record DeepLinfOptions(
        @Origin(
                value = Source.OUR_READING,
                note = "not stated; the box of three neurons in four is not reached at first")
        InputGain gain,

        @Origin(value = Source.OUR_READING, note = "not stated; the gain sets the scale")
        double lambda,

        @Origin(value = Source.OUR_READING, note = "figure 2 ties the two diagonals by the equation")
        Scales scales,

        @Origin(value = Source.PAPER, note = "eq. (10)") Neuron neuron,

        @Origin(value = Source.PAPER, note = "section 3: K = 2")
        int stages,

        @Origin(value = Source.PAPER, note = "section 5.1: untied")
        StageWeights stageWeights,

        @Origin(value = Source.PAPER, note = "section 5.1: K-SVD, then eq. (11)")
        Initialization initialization,

        @Origin(value = Source.OUR_READING, note = "p_t depends on the input, b_k does not")
        BiasStart bias,

        @Origin(value = Source.PAPER, note = "section 2: 0.6")
        double beta,

        @Origin(value = Source.OUR_READING, note = "K-SVD is named, its settings are not")
        DictionaryOptions dictionary,

        @Origin(value = Source.OUR_READING, note = "see each option")
        TrainingOptions training) {

    /** How the bounds of the layers are tied. */
    public enum Scales {
        /** Each layer has its own bounds; its two diagonal layers are reciprocals. */
        PER_STAGE,
        /** All layers share their bounds. */
        SHARED,
        /** Each layer has two independent diagonals. */
        FREE
    }

    /** The neurons. */
    public enum Neuron {
        /** Bounded linear units. */
        BLU,
        /** Hyperbolic tangents with the same scales. */
        TANH
    }

    /** Where the weights start. */
    public enum Initialization {
        /** From ADMM's eq. (11) with a dictionary learned by K-SVD. */
        KSVD_ADMM,
        /** At random (Glorot), with biases of zero. */
        RANDOM
    }

    /** Where the biases start. */
    public enum BiasStart {
        /** At the mean, over the training images, of what ADMM's multipliers make of them. */
        MEAN,
        /** At zero. */
        ZERO
    }

    /** The paper's values where it prints them, our reading elsewhere. */
    public static final DeepLinfOptions DEFAULTS = new DeepLinfOptions(
            new InputGain(InputGain.Rule.QUANTILE, 0.75),
            1,
            Scales.PER_STAGE,
            Neuron.BLU,
            2,
            StageWeights.UNTIED,
            Initialization.KSVD_ADMM,
            BiasStart.MEAN,
            0.6,
            DictionaryOptions.DEFAULTS,
            TrainingOptions.DEFAULTS);

    /** What to begin with on data of one's own. */
    public static final DeepLinfOptions RECOMMENDED = new DeepLinfOptions(
            new InputGain(InputGain.Rule.FIXED, 1),
            0.4,
            Scales.PER_STAGE,
            Neuron.BLU,
            2,
            StageWeights.UNTIED,
            Initialization.KSVD_ADMM,
            BiasStart.MEAN,
            0.6,
            DictionaryOptions.DEFAULTS,
            TrainingOptions.RECOMMENDED);

    public DeepLinfOptions {
        OptionChecks check = new OptionChecks("The deep l-infinity encoder's option");
        check.requirePositive("lambda", lambda);
        check.requireStages(stages);
        check.requirePositive("beta", beta);
        check.require(
                training.loss() != LossKind.REGRESSION || initialization == Initialization.KSVD_ADMM,
                "training.loss: regression needs initialization: ksvd-admm, as the solutions are those for its dictionary,"
                        + " not random");
    }

    /** The same, trained otherwise. */
    public DeepLinfOptions with(TrainingOptions other) {
        return new DeepLinfOptions(
                gain, lambda, scales, neuron, stages, stageWeights, initialization, bias, beta, dictionary, other);
    }
}
