package io.github.linfhash.baselines.threshold;

import io.github.linfhash.baselines.encoding.CodeLength;
import io.github.linfhash.baselines.pairs.LabelledPairs;
import io.github.linfhash.baselines.pairs.PairDraw;
import io.github.linfhash.baselines.pairs.Threshold;
import io.github.linfhash.baselines.pairs.ThresholdSearch;
import io.github.linfhash.baselines.threshold.StumpHashFunction.Stump;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Parameter-sensitive hashing, read as the N best threshold stumps on single features.
 *
 * <p>Based on Shakhnarovich, Viola and Darrell, "Fast pose estimation with parameter-sensitive hashing", ICCV 2003: a
 * bit compares feature j with a threshold T and calls a pair similar if both ends fall on one side; TP and FP are the
 * shares of similar and of dissimilar pairs that it calls similar. Every feature offers its best T, and the N features
 * of the largest TP - FP make the code, one bit each.
 *
 * <p>What it leaves out: the published method keeps every stump whose TP and FP pass two limits and builds many hash
 * tables from random subsets of them; comparisons of codes use one code of N bits, for which the publication gives no
 * rule. {@link BoostedPsh} is the other reading.
 */
public final class Psh implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "psh",
            "PSH",
            "G. Shakhnarovich, P. Viola, T. Darrell. Fast pose estimation with parameter-sensitive hashing. ICCV 2003",
            MethodSpec.Supervision.SUPERVISED,
            new Options(PairDraw.DEFAULT_PAIRS),
            Psh::new,
            StumpHashFunction::restore);

    /**
     * The options.
     *
     * @param pairs how many similar and how many dissimilar pairs to draw, each
     */
    public record Options(
            @Origin(value = Origin.Source.OUR_READING, note = PairDraw.DEFAULT_PAIRS_NOTE)
            int pairs) {
        public Options {
            PairDraw.requireValid(pairs, "psh");
        }
    }

    private final Options options;

    public Psh(Options options) {
        this.options = options;
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requireAtMost(bits, training.dimension(), "psh");
        LabelledPairs pairs = PairDraw.draw(training, options.pairs(), context.random());
        List<Stump> stumps = bestStumps(training.labelled(), pairs);
        if (stumps.size() < bits) {
            throw new InputException("psh: a code of " + bits + " bits needs as many features that vary, but only "
                    + stumps.size() + " of the " + training.dimension() + " features do");
        }
        return new StumpHashFunction(training.dimension(), stumps.subList(0, bits));
    }

    /** The best stump of every feature that has one, best first; lower features first where equally good. */
    private static List<Stump> bestStumps(FeatureMatrix features, LabelledPairs pairs) {
        double[] gains = pairs.gains();
        return IntStream.range(0, features.dimension())
                .parallel()
                .mapToObj(feature -> bestStump(features, feature, pairs, gains))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(Stump::gap).reversed())
                .toList();
    }

    private static Optional<Stump> bestStump(FeatureMatrix features, int feature, LabelledPairs pairs, double[] gains) {
        float[] values = new float[features.rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.get(i, feature);
        }
        return ThresholdSearch.best(values, pairs, gains)
                .map((Threshold best) -> new Stump(feature, best.value(), best.gain() / pairs.each()));
    }
}
