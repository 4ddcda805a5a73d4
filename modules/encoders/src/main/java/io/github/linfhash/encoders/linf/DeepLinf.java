package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.SiameseTrainer;
import java.util.Map;

/**
 * The deep l-infinity encoder: K iterations of ADMM for least squares in a box, unfolded into a network and trained on
 * pairs.
 *
 * <p>Wang, Yang, Chang, Ling and Huang, "Learning a deep l-infinity encoder for hashing" (IJCAI 2016), sections 3 to 5,
 * with the sign of eq. (12) corrected. It leaves nothing out; where the paper is silent or ambiguous the
 * {@link DeepLinfOptions} say what was chosen, and offer the other readings.
 */
public final class DeepLinf implements HashingMethod {
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
            .learningFrom(options -> options.training().supervision().learnsFrom());

    private final DeepLinfOptions options;

    public DeepLinf(DeepLinfOptions options) {
        this.options = options;
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        TrainingSet rows = options.training().rows(training, context.random());
        Network network = new LinfNetworkBuilder(options, rows, bits).build(context);
        Map<String, double[]> curves =
                new SiameseTrainer(SPEC.name(), options, options.training()).train(network, rows, context);
        return new NetworkHashFunction(network, curves);
    }
}
