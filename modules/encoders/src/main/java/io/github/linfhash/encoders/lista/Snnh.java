package io.github.linfhash.encoders.lista;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.CodeRule;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;

/**
 * Sparse neural-network hashing (SNNH): a LISTA encoder trained on pairs.
 *
 * <p>Based on Masci, Bronstein, Bronstein, Sprechmann and Sapiro, "Sparse similarity-preserving hashing" (2013), with the
 * encoder of Gregor and LeCun (ICML 2010), in the form to which the l-infinity paper gives the capacity of its own
 * encoder: two unfolded stages, soft-threshold neurons with learned thresholds. Bits are [x > 0], so that the exact zeros of
 * sparse outputs become zero bits. What the original has besides is off unless asked for, for the paper compares encoders
 * of the same depth: biases, the layer of tanh neurons behind, the l1 penalty, and codes that tell zeros from negative
 * values.
 */
public record Snnh(SnnhOptions options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<SnnhOptions> SPEC = new MethodSpec<SnnhOptions>(
                    "snnh",
                    "SNNH",
                    "Masci, Bronstein, Bronstein, Sprechmann, Sapiro: Sparse similarity-preserving hashing, 2013",
                    MethodSpec.Supervision.SUPERVISED,
                    SnnhOptions.DEFAULTS,
                    Snnh::new,
                    NetworkHashFunction::restore,
                    SnnhOptions.RECOMMENDED)
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
    public CodeRule codes() {
        return options.codes();
    }

    @Override
    public Network network(TrainingSet rows, int outputs, TrainingContext context) {
        return new ListaNetworkBuilder(options, rows, outputs).build(context);
    }
}
