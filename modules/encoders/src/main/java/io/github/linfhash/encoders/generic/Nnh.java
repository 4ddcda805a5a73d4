package io.github.linfhash.encoders.generic;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.OptionRecords;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Neural-network hashing (NNH): x = tanh(W3 tanh(W2 tanh(g W1 y))), trained on pairs.
 *
 * <p>Based on Masci, Bronstein, Bronstein and Schmidhuber, "Multimodal similarity-preserving hashing" (TPAMI 2014), in
 * the form to which the l-infinity paper gives the capacity of its own encoder (section 5.1, footnotes 3 and 4): three
 * hidden layers, N x n and twice N x N, no diagonal layers, and no biases unless they are asked for. Weights start at random (Glorot), for no
 * initialization is stated. It leaves out the original's second modality.
 */
public record Nnh(Options options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<Options> SPEC = SiameseMethod.spec(
            "nnh",
            "NNH",
            "Masci, Bronstein, Bronstein, Schmidhuber: Multimodal similarity-preserving hashing, TPAMI 2014",
            Options.DEFAULTS,
            Options.RECOMMENDED,
            Nnh::new);

    /**
     * Options.
     *
     * @param gain of the input
     * @param biases whether each layer has a bias, which starts at 0
     * @param training how it is trained
     */
    public record Options(
            @Origin(value = Source.OUR_READING, note = "The paper leaves this open. Same rule as for deep-linf.")
            InputGain gain,

            @Origin(value = Source.PAPER, note = "Footnote 4: no biases.")
            boolean biases,

            TrainingOptions training)
            implements NetworkOptions {
        /** The paper's values where it prints them, our reading elsewhere. */
        public static final Options DEFAULTS =
                new Options(new InputGain(InputGain.Rule.QUANTILE, 0.75), false, TrainingOptions.DEFAULTS);

        /** The recommended options for new data. */
        public static final Options RECOMMENDED =
                new Options(new InputGain(InputGain.Rule.FIXED, 2), true, TrainingOptions.RECOMMENDED);

        /** Returns a copy with another value of the option of a name; see {@link OptionRecords#with}. */
        public Options with(String name, Object value) {
            return OptionRecords.with(this, name, value);
        }
    }

    @Override
    public String name() {
        return SPEC.name();
    }

    @Override
    public Network network(TrainingSet rows, int outputs, TrainingContext context) {
        return network(rows, outputs, context.random().stream("init"));
    }

    Network network(TrainingSet training, int bits, UniformRandomProvider random) {
        Weights first = Weights.glorot("W1", bits, training.dimension(), random);
        Weights second = Weights.glorot("W2", bits, bits, random);
        Weights third = Weights.glorot("W3", bits, bits, random);
        double gain = options.gain().resolve(first, training.labeled());
        List<Layer> layers = new ArrayList<>();
        for (Weights weights : List.of(first, second, third)) {
            UnitParameter bias = options.biases() ? new UnitParameter("b" + (layers.size() + 1), bits, 0) : null;
            layers.add(new Layer(weights, bias, new Tanh()));
        }
        return Network.chain(gain, layers);
    }
}
