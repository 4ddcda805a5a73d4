package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.CodeRule;
import io.github.linfhash.encoders.training.NetworkHashFunction;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.TrainingOptions;
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
public record SparseLinf(SparseLinfOptions options) implements SiameseMethod {
    /** The registration. */
    public static final MethodSpec<SparseLinfOptions> SPEC = new MethodSpec<SparseLinfOptions>(
                    "sparse-linf",
                    "Sparse l-infinity encoder",
                    "future work of Wang, Yang, Chang, Ling, Huang: Learning a deep l-infinity encoder for hashing, IJCAI 2016",
                    MethodSpec.Supervision.SUPERVISED,
                    SparseLinfOptions.DEFAULTS,
                    SparseLinf::new,
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
        return new LinfNetworkBuilder(options.bounded(), rows, outputs, options.threshold()).build(context);
    }

    @Override
    public List<String> onlyOnDefaultDevice() {
        return List.of("thresholds in boxes");
    }
}
