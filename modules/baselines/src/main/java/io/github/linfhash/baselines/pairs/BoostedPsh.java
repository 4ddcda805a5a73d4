package io.github.linfhash.baselines.pairs;

import io.github.linfhash.baselines.pairs.ThresholdSearch.Threshold;
import io.github.linfhash.baselines.projection.LinearHashFunction;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.linalg.AffineProjection;
import io.github.linfhash.linalg.CodeLength;
import io.github.linfhash.linalg.SymmetricEigen;

/**
 * Parameter-sensitive hashing, read as boosted projections.
 *
 * <p>Based on the similarity-sensitive hashing of Bronstein, Bronstein, Michel and Paragios, "Data fusion through
 * cross-modality metric learning using similarity-sensitive hashing", CVPR 2010, with one modality: papers of that group
 * cite Shakhnarovich's PSH for it. One bit after another, the projection is the eigenvector of the largest eigenvalue of
 * the weighted sum of s (x x'^T + x' x^T) over pairs (s = 1 for similar ones, -1 for others; features centered), its
 * threshold is the one of the least weighted error, and the pairs that the bit classifies wrongly gain weight:
 * w becomes w exp(-step s h(x) h(x')), with h = 1 or -1.
 *
 * <p>What it leaves out: the second modality, and a weight for each bit. {@link Psh} is the default reading.
 */
public record BoostedPsh(Options options) implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "psh-boost",
            "PSH (boosted projections)",
            "M. Bronstein, A. Bronstein, F. Michel, N. Paragios. Data fusion through cross-modality metric learning using"
                    + " similarity-sensitive hashing. CVPR 2010",
            MethodSpec.Supervision.SUPERVISED,
            new Options(10_000, 1),
            BoostedPsh::new,
            LinearHashFunction::restore);

    /**
     * The options.
     *
     * @param pairs how many similar and how many dissimilar pairs to draw, each
     * @param step how fast weights change from bit to bit
     */
    public record Options(
            @Origin(
                    value = Origin.Source.OUR_READING,
                    note = "20,000 pairs in all, fewer than for psh, because every bit uses all of them.")
            @Range(least = 1, most = LabeledPairs.MOST_PAIRS)
            int pairs,

            @Origin(value = Origin.Source.OUR_READING, note = "The update, as we know it, has no factor.")
            @Range(above = 0, most = 10)
            double step) {
        public Options {
            Ranges.check(Options.class, pairs, step);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requirePositive(bits);
        LabeledPairs pairs = LabeledPairs.draw(training, options.pairs(), context.random());
        PairProducts products = new PairProducts(training.labeled(), pairs);
        double[] agreement = agreement(pairs);
        double[][] directions = new double[bits][];
        float[] offsets = new float[bits];
        try (Progress.Task task = context.progress().begin("psh-boost", bits)) {
            for (int bit = 0; bit < bits; bit++) {
                directions[bit] = SymmetricEigen.leading(products.cross(agreement), training.dimension());
                float[] values = AffineProjection.linear(new double[][] {directions[bit]})
                        .apply(training.labeled());
                float threshold = threshold(values, pairs, agreement, bit);
                reweight(agreement, pairs, values, threshold);
                offsets[bit] = -threshold;
                task.advance(1);
            }
        }
        return new LinearHashFunction(AffineProjection.linear(directions).withOffsets(offsets));
    }

    /** The signed weights s w of the pairs before the first bit: all weigh alike, 1 together. */
    private static double[] agreement(LabeledPairs pairs) {
        double[] agreement = pairs.gains();
        for (int pair = 0; pair < agreement.length; pair++) {
            agreement[pair] /= -pairs.size();
        }
        return agreement;
    }

    /** Separating a pair loses s w twice: the gain is -s w. */
    private static float threshold(float[] values, LabeledPairs pairs, double[] agreement, int bit) {
        double[] gains = new double[agreement.length];
        for (int pair = 0; pair < gains.length; pair++) {
            gains[pair] = -agreement[pair];
        }
        return ThresholdSearch.best(values, pairs, gains)
                .map(Threshold::value)
                .orElseThrow(
                        () -> new InputException(
                                "psh-boost: projection " + bit
                                        + " has the same value for all labeled training images, so no threshold can split them; ask for fewer bits"));
    }

    private void reweight(double[] agreement, LabeledPairs pairs, float[] values, float threshold) {
        double total = 0;
        for (int pair = 0; pair < agreement.length; pair++) {
            boolean together = values[pairs.first(pair)] > threshold == values[pairs.second(pair)] > threshold;
            boolean right = together == pairs.similar(pair);
            agreement[pair] *= Math.exp(right ? -options.step() : options.step());
            total += Math.abs(agreement[pair]);
        }
        for (int pair = 0; pair < agreement.length; pair++) {
            agreement[pair] /= total;
        }
    }
}
