package io.github.linfhash.encoders.generic;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.ChainNetwork;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Tanh;
import io.github.linfhash.encoders.layers.UnitParameter;
import io.github.linfhash.encoders.layers.Weights;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
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
public record Nnh(NnhOptions options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<NnhOptions> SPEC = new MethodSpec<NnhOptions>(
                    "nnh",
                    "NNH",
                    "Masci, Bronstein, Bronstein, Schmidhuber: Multimodal similarity-preserving hashing, TPAMI 2014",
                    MethodSpec.Supervision.SUPERVISED,
                    NnhOptions.DEFAULTS,
                    Nnh::new,
                    NetworkHashFunction::restore,
                    NnhOptions.RECOMMENDED)
            .learningFrom(options -> options.training().learnsFrom());

    @Override
    public String name() {
        return SPEC.name();
    }

    @Override
    public TrainingOptions schedule() {
        return options.training();
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
        Tanh tanh = new Tanh();
        List<UnitParameter> biases = options.biases()
                ? List.of(
                        new UnitParameter("b1", bits, 0),
                        new UnitParameter("b2", bits, 0),
                        new UnitParameter("b3", bits, 0))
                : List.of();
        return new ChainNetwork(gain, List.of(first, second, third), biases, List.of(tanh, tanh, tanh));
    }
}
