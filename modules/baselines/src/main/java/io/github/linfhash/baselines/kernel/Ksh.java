package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.encoding.CodeLength;
import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.RowBlocks;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Supervised hashing with kernels (Liu, Wang, Ji, Jiang, Chang, CVPR 2012).
 *
 * <p>The labelled rows give the pairs; all unlabelled rows give the kernel's bandwidth and means, and the anchors, which
 * are a uniform sample of them without replacement (stream "anchors").
 */
public record Ksh(KshOptions options) implements HashingMethod {
    /** The registration. */
    public static final MethodSpec<KshOptions> SPEC = new MethodSpec<>(
                    "ksh",
                    "KSH",
                    "W. Liu, J. Wang, R. Ji, Y.-G. Jiang, S.-F. Chang: Supervised Hashing with Kernels, CVPR 2012",
                    MethodSpec.Supervision.SUPERVISED,
                    KshOptions.DEFAULTS,
                    Ksh::new,
                    KernelHashFunction::restore)
            .fitting((data, options) -> Optional.of(options.fitting(data)));

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        AnchorKernel kernel =
                AnchorKernel.fit(training.unlabelled(), anchors(training.unlabelled(), context), options.bandwidth());
        PairSimilarity pairs = PairSimilarity.of(training.labels());
        double[] rows = rows(kernel, training.labelled());
        try (KshProjections projections = new KshProjections(rows, pairs, bits, options, context)) {
            return new KernelHashFunction(kernel, projections.learn());
        }
    }

    private FeatureMatrix anchors(FeatureMatrix data, TrainingContext context) {
        if (data.rows() < options.anchors()) {
            throw new InputException("KSH needs at least as many unlabelled rows as anchors: there are " + data.rows()
                    + " rows for " + options.anchors() + " anchors.");
        }
        int[] chosen =
                new PermutationSampler(context.random().stream("anchors"), data.rows(), options.anchors()).sample();
        Arrays.sort(chosen);
        return data.select(chosen);
    }

    /** The centred kernel of the rows as doubles, l x m, row-major. */
    private static double[] rows(AnchorKernel kernel, FeatureMatrix rows) {
        double[] values = new double[Math.multiplyExact(rows.rows(), kernel.anchors())];
        for (RowBlocks.Block block :
                RowBlocks.ofWidth(rows.rows(), kernel.anchors()).blocks()) {
            float[] part = kernel.of(Matrices.rows(rows, block));
            int at = block.from() * kernel.anchors();
            for (int i = 0; i < part.length; i++) {
                values[at + i] = part[i];
            }
        }
        return values;
    }
}
