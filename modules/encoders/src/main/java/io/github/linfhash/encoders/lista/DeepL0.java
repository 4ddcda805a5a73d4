package io.github.linfhash.encoders.lista;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.dictionary.DictionaryOptions;
import io.github.linfhash.encoders.layers.ActivationLayer.HardThreshold;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.encoders.training.OptionRecords;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.List;

/**
 * The deep l0 encoder: K steps of iterative hard thresholding, unfolded into a network and trained on pairs.
 *
 * <p>Based on Wang, Ling and Huang, "Learning deep l0 encoders" (AAAI 2016): the l0-regularized encoder, W = D^T / L, S = I - D^T D / L,
 * with neurons that are 0 below a learned threshold and pass what is above it as it is. The paper trains it for classes and clusters; here it
 * stands in the place of LISTA in a Siamese network, at the same capacity. It leaves out the l0-constrained encoder (pooling of the M largest) and
 * the fall of sigma during training: sigma is an option, constant, and codes come from what was trained.
 */
public record DeepL0(Options options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = SiameseMethod.spec(
            "deep-l0",
            "Deep l0 encoder",
            "Wang, Ling, Huang: Learning deep l0 encoders, AAAI 2016",
            Options.DEFAULTS,
            Options.DEFAULTS,
            DeepL0::new);

    /**
     * Options.
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
    public record Options(
            @Origin(
                    value = Source.OUR_READING,
                    note = "The paper is not about hashing. Same as recommended for snnh on new data.")
            InputGain gain,

            @Origin(
                    value = Source.OUR_READING,
                    note =
                            "The paper starts from iterative hard thresholding, but does not give its lambda. Same as for snnh.")
            @Range(above = 0, below = 1)
            double threshold,

            @Origin(value = Source.OUR_READING, note = "The paper lowers it during training. Here, it is constant.")
            @Range(above = 0, most = 1)
            double ramp,

            @Origin(value = Source.OUR_READING, note = "Same depth as the encoders that it is compared with.")
            @Range(least = 1, most = NetworkOptions.MOST_STAGES)
            int stages,

            @Origin(value = Source.OUR_READING, note = "Same as for the encoders that it is compared with.")
            StageWeights stageWeights,

            @Origin(value = Source.OUR_READING, note = "Same as recommended for snnh on new data.")
            boolean biases,

            @Origin(value = Source.OUR_READING, note = "Same as recommended for snnh on new data.") @Range(least = 0)
            double outputTanh,

            @Origin(value = Source.OUR_READING, note = "Sign bits, as for the encoders that it is compared with.")
            CodeRule codes,

            @Origin(value = Source.OUR_READING, note = "Same as for snnh. The paper, too, learns the dictionary first.")
            Snnh.Options.Initialization initialization,

            DictionaryOptions dictionary,

            TrainingOptions training)
            implements NetworkOptions {

        /** The options of SNNH for new data, with a ramp. */
        public static final Options DEFAULTS = new Options(
                Snnh.Options.RECOMMENDED.gain(),
                Snnh.Options.RECOMMENDED.threshold(),
                0.2,
                Snnh.Options.RECOMMENDED.stages(),
                Snnh.Options.RECOMMENDED.stageWeights(),
                Snnh.Options.RECOMMENDED.biases(),
                Snnh.Options.RECOMMENDED.outputTanh(),
                Snnh.Options.RECOMMENDED.codes(),
                Snnh.Options.RECOMMENDED.initialization(),
                Snnh.Options.RECOMMENDED.dictionary(),
                Snnh.Options.RECOMMENDED.training());

        public Options {
            Ranges.check(
                    Options.class,
                    gain,
                    threshold,
                    ramp,
                    stages,
                    stageWeights,
                    biases,
                    outputTanh,
                    codes,
                    initialization,
                    dictionary,
                    training);
        }

        /** Returns a copy with another value of the option of a name; see {@link OptionRecords#with}. */
        public Options with(String name, Object value) {
            return OptionRecords.with(this, name, value);
        }

        /** Returns the options of SNNH that build this network but for its neurons. */
        private Snnh.Options lista() {
            return new Snnh.Options(
                    gain,
                    threshold,
                    stages,
                    stageWeights,
                    biases,
                    outputTanh,
                    codes,
                    initialization,
                    dictionary,
                    training);
        }
    }

    @Override
    public String name() {
        return SPEC.name();
    }

    @Override
    public Network network(TrainingSet rows, int outputs, TrainingContext context) {
        return new Snnh.Untrained(
                        options.lista(),
                        rows,
                        outputs,
                        (name, theta) -> new HardThreshold(name, outputs, theta, options.ramp()))
                .build(context);
    }

    @Override
    public List<String> onlyOnDefaultDevice() {
        return List.of("hard thresholds");
    }
}
