package io.github.linfhash.baselines.pairs;

import io.github.linfhash.baselines.linalg.SmileMatrices;
import io.github.linfhash.baselines.projection.LinearHashFunction;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.SymmetricEigen;

/**
 * LDAHash with its difference-of-covariances (DIF) projections, the likely origin of the row "LH" in tables of the
 * field.
 *
 * <p>Based on Strecha, Bronstein, Bronstein and Fua, TPAMI 2012: the projections are the eigenvectors of the N smallest
 * eigenvalues of alpha Sig_P - Sig_N, which needs no inversion; thresholds as in {@link LdaHash}, as is what it leaves
 * out.
 *
 * <p>At alpha = 1 and with c classes, all but c - 1 eigenvalues are nearly 0, so that bits beyond those are projections
 * in which images hardly vary.
 */
public record DifHash(Options options) implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
                    "ldahash-dif",
                    "LDAHash (DIF)",
                    LdaHash.CITATION,
                    MethodSpec.Supervision.SUPERVISED,
                    new Options(LabeledPairs.DEFAULT_PAIRS, 1),
                    DifHash::new,
                    LinearHashFunction::restore)
            .fitting(MethodSpec.Fit.upToDimension(SymmetricEigen.LARGEST_PROPOSED));

    /**
     * The options.
     *
     * @param pairs how many similar and how many dissimilar pairs to draw, each
     * @param alpha the weight of Sig_P
     */
    public record Options(
            @Origin(value = Origin.Source.OUR_READING, note = LabeledPairs.DEFAULT_PAIRS_NOTE)
            @Range(least = 1, most = LabeledPairs.MOST_PAIRS)
            int pairs,

            @Origin(value = Origin.Source.OUR_READING, note = "Similar and dissimilar pairs count equally.")
            @Range(above = 0)
            double alpha) {
        public Options {
            Ranges.check(Options.class, pairs, alpha);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requireAtMost(bits, training.dimension(), "ldahash-dif");
        LabeledPairs pairs = LabeledPairs.draw(training, options.pairs(), context.random());
        PairCovariances covariances = PairCovariances.of(training, pairs);
        double[] difference = covariances.similar();
        double[] dissimilar = covariances.dissimilar();
        for (int i = 0; i < difference.length; i++) {
            difference[i] = options.alpha() * difference[i] - dissimilar[i];
        }
        SymmetricEigen eigen = SmileMatrices.eigen(difference, training.dimension());
        return LdaHash.thresholded(eigen, bits, training.labeled(), pairs, "ldahash-dif");
    }
}
