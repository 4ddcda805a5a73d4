package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The deep l-infinity encoder: K iterations of ADMM for least squares in a box, unfolded into a network and trained on
 * pairs, or with {@code training.loss: regression} on the solutions that ADMM converges to.
 *
 * <p>Wang, Yang, Chang, Ling and Huang, "Learning a deep l-infinity encoder for hashing" (IJCAI 2016), sections 3 to 5,
 * with the sign of eq. (12) corrected. It leaves nothing out; where the paper is silent or ambiguous the
 * {@link DeepLinfOptions} say what was chosen, and offer the other readings.
 */
public record DeepLinf(DeepLinfOptions options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<DeepLinfOptions> SPEC = new MethodSpec<DeepLinfOptions>(
                    "deep-linf",
                    "Deep l-infinity encoder",
                    "Wang, Yang, Chang, Ling, Huang: Learning a deep l-infinity encoder for hashing, IJCAI 2016",
                    MethodSpec.Supervision.SUPERVISED,
                    DeepLinfOptions.DEFAULTS,
                    DeepLinf::new,
                    NetworkHashFunction::restore,
                    DeepLinfOptions.RECOMMENDED)
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
        return new LinfNetworkBuilder(options, rows, outputs).build(context);
    }

    @Override
    public Start start(TrainingSet rows, int outputs, TrainingContext context) {
        if (options.training().loss() != LossKind.REGRESSION) {
            return new Start(network(rows, outputs, context), null);
        }
        LinfNetworkBuilder builder = new LinfNetworkBuilder(options, rows, outputs);
        Matrix dictionary = options.dictionary().learn(rows, outputs, context);
        return new Start(builder.fromDictionary(dictionary), builder.solutions(dictionary));
    }

    @Override
    public List<String> onlyOnDefaultDevice() {
        List<String> only = new ArrayList<>();
        if (options.scales() != DeepLinfOptions.Scales.PER_STAGE) {
            only.add("scales: " + options.scales().name().toLowerCase(Locale.ROOT));
        }
        if (options.neuron() != DeepLinfOptions.Neuron.BLU) {
            only.add("neuron: " + options.neuron().name().toLowerCase(Locale.ROOT));
        }
        return only;
    }
}
