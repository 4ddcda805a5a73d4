package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.encoders.linf.DeepLinfOptions.Initialization;
import io.github.linfhash.encoders.training.CodeRule;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.OptionChecks;
import io.github.linfhash.encoders.training.StageWeights;
import io.github.linfhash.encoders.training.TrainingOptions;

/**
 * Options of {@link SparseLinf}.
 *
 * @param gain of the input
 * @param threshold the quantile of |g W y| over the training images at which every threshold theta starts
 * @param lambda the initial bound of every unit, above 0
 * @param stages K, the number of unfolded stages; there are K + 1 layers of neurons
 * @param stageWeights whether S_k and b_k are learned for each stage
 * @param codes how outputs become bits
 * @param initialization where weights start
 * @param training how it is trained
 */
public record SparseLinfOptions(
        @Origin(value = Source.OUR_READING, note = "as the l-infinity encoder on data of one's own")
        InputGain gain,

        @Origin(value = Source.OUR_READING, note = "half of the first layer is zero at first, as in SNNH")
        double threshold,

        @Origin(value = Source.OUR_READING, note = "as the l-infinity encoder on data of one's own")
        double lambda,

        @Origin(value = Source.OUR_READING, note = "as the l-infinity encoder")
        int stages,

        @Origin(value = Source.OUR_READING, note = "as the l-infinity encoder")
        StageWeights stageWeights,

        @Origin(value = Source.OUR_READING, note = "two bits tell the three values apart")
        CodeRule codes,

        @Origin(value = Source.OUR_READING, note = "as the l-infinity encoder")
        Initialization initialization,

        @Origin(value = Source.OUR_READING, note = "see each option")
        TrainingOptions training) {

    /** Those of the l-infinity encoder on data of one's own. */
    public static final SparseLinfOptions DEFAULTS = new SparseLinfOptions(
            DeepLinfOptions.RECOMMENDED.gain(),
            0.5,
            DeepLinfOptions.RECOMMENDED.lambda(),
            DeepLinfOptions.RECOMMENDED.stages(),
            DeepLinfOptions.RECOMMENDED.stageWeights(),
            CodeRule.TERNARY,
            DeepLinfOptions.RECOMMENDED.initialization(),
            DeepLinfOptions.RECOMMENDED.training());

    public SparseLinfOptions {
        OptionChecks check = new OptionChecks("The sparse l-infinity encoder's option");
        check.require(
                threshold > 0 && threshold < 1, "threshold must be a quantile above 0 and below 1, not " + threshold);
        check.requirePositive("lambda", lambda);
        check.requireStages(stages);
    }

    /** What builds the network but for its neurons. */
    DeepLinfOptions bounded() {
        DeepLinfOptions d = DeepLinfOptions.RECOMMENDED;
        return new DeepLinfOptions(
                gain,
                lambda,
                d.scales(),
                d.neuron(),
                stages,
                stageWeights,
                initialization,
                d.bias(),
                d.beta(),
                d.dictionary(),
                training);
    }
}
