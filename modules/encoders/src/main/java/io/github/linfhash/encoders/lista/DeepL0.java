package io.github.linfhash.encoders.lista;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.HardThreshold;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.CodeRule;
import io.github.linfhash.encoders.training.NetworkHashFunction;
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
public record DeepL0(DeepL0Options options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<DeepL0Options> SPEC = new MethodSpec<DeepL0Options>(
                    "deep-l0",
                    "Deep l0 encoder",
                    "Wang, Ling, Huang: Learning deep l0 encoders, AAAI 2016",
                    MethodSpec.Supervision.SUPERVISED,
                    DeepL0Options.DEFAULTS,
                    DeepL0::new,
                    NetworkHashFunction::restore)
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
        return new ListaNetworkBuilder(
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
