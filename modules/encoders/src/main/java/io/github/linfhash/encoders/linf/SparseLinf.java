package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedThreshold;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Initialization;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.encoders.training.OptionRecords;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Sparsity joined with the l-infinity bound: the deep l-infinity encoder with a learned threshold inside each box, so that outputs are
 * mostly -lambda, 0 or lambda.
 *
 * <p>Wang, Yang, Chang, Ling and Huang (IJCAI 2016) name it as future work, "could be complementary", and print nothing of it: everything is
 * our reading. The solver unfolded is that of least squares plus theta |x|_1 in the box |x|_inf &lt;= lambda, whose proximal operator thresholds, then
 * clips; weights start as those of the l-infinity encoder. A code takes two bits for each output, whether it is positive and whether
 * it is negative, so that a code of N bits has N / 2 outputs: equal bits, not equal outputs.
 */
public record SparseLinf(Options options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = SiameseMethod.spec(
            "sparse-linf",
            "Sparse l-infinity encoder",
            "future work of Wang, Yang, Chang, Ling, Huang: Learning a deep l-infinity encoder for hashing, IJCAI 2016",
            Options.DEFAULTS,
            Options.DEFAULTS,
            SparseLinf::new);

    /**
     * Options.
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
    public record Options(
            @Origin(value = Source.OUR_READING, note = "Same as recommended for deep-linf on new data.")
            InputGain gain,

            @Origin(
                    value = Source.OUR_READING,
                    note = "As in SNNH, half of the first layer's outputs are zero at the start.")
            @Range(above = 0, below = 1)
            double threshold,

            @Origin(value = Source.OUR_READING, note = "Same as recommended for deep-linf on new data.")
            @Range(above = 0)
            double lambda,

            @Origin(value = Source.OUR_READING, note = "Same as for deep-linf.")
            @Range(least = 1, most = NetworkOptions.MOST_STAGES)
            int stages,

            @Origin(value = Source.OUR_READING, note = "Same as for deep-linf.")
            StageWeights stageWeights,

            @Origin(value = Source.OUR_READING, note = "Two bits distinguish the three values of an output.")
            CodeRule codes,

            @Origin(value = Source.OUR_READING, note = "Same as for deep-linf.")
            Initialization initialization,

            TrainingOptions training)
            implements NetworkOptions {

        /** The options of the l-infinity encoder for new data, with a threshold and ternary codes. */
        public static final Options DEFAULTS = new Options(
                DeepLinf.Options.RECOMMENDED.gain(),
                0.5,
                DeepLinf.Options.RECOMMENDED.lambda(),
                DeepLinf.Options.RECOMMENDED.stages(),
                DeepLinf.Options.RECOMMENDED.stageWeights(),
                CodeRule.TERNARY,
                DeepLinf.Options.RECOMMENDED.initialization(),
                DeepLinf.Options.RECOMMENDED.training());

        public Options {
            Ranges.check(Options.class, gain, threshold, lambda, stages, stageWeights, codes, initialization, training);
        }

        /** Returns a copy with another value of the option of a name; see {@link OptionRecords#with}. */
        public Options with(String name, Object value) {
            return OptionRecords.with(this, name, value);
        }

        /** Returns the options of the l-infinity encoder that build this network but for its neurons. */
        private DeepLinf.Options bounded() {
            return DeepLinf.Options.RECOMMENDED
                    .with("gain", gain)
                    .with("lambda", lambda)
                    .with("stages", stages)
                    .with("stageWeights", stageWeights)
                    .with("initialization", initialization)
                    .with("training", training);
        }
    }

    @Override
    public String name() {
        return SPEC.name();
    }

    @Override
    public Network network(TrainingSet rows, int outputs, TrainingContext context) {
        return new DeepLinf.Untrained(
                        options.bounded(),
                        rows,
                        outputs,
                        (gain, input) -> activations(
                                outputs, gain * InputGain.quantile(input, rows.labeled(), options.threshold())))
                .build(context);
    }

    private List<ActivationLayer> activations(int units, double theta) {
        List<ActivationLayer> layers = new ArrayList<>();
        for (int k = 1; k <= options.stages() + 1; k++) {
            layers.add(new BoundedThreshold(k, units, theta, options.lambda()));
        }
        return layers;
    }

    @Override
    public List<String> onlyOnDefaultDevice() {
        return List.of("thresholds in boxes");
    }
}
