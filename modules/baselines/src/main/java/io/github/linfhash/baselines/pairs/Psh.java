package io.github.linfhash.baselines.pairs;

import io.github.linfhash.baselines.pairs.ThresholdSearch.Threshold;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Stumps;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.linalg.BlockEncoder;
import io.github.linfhash.linalg.CodeLength;
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
public record Psh(Options options) implements HashingMethod {
    public static final MethodSpec<Options> SPEC = new MethodSpec<>(
            "psh",
            "PSH",
            "G. Shakhnarovich, P. Viola, T. Darrell. Fast pose estimation with parameter-sensitive hashing. ICCV 2003",
            MethodSpec.Supervision.SUPERVISED,
            new Options(LabeledPairs.DEFAULT_PAIRS),
            Psh::new,
            StumpHashFunction::restore);

    /**
     * The options.
     *
     * @param pairs how many similar and how many dissimilar pairs to draw, each
     */
    public record Options(
            @Origin(value = Origin.Source.OUR_READING, note = LabeledPairs.DEFAULT_PAIRS_NOTE)
            @Range(least = 1, most = LabeledPairs.MOST_PAIRS)
            int pairs) {
        public Options {
            Ranges.check(Options.class, pairs);
        }
    }

    @Override
    public HashFunction train(TrainingSet training, int bits, TrainingContext context) {
        CodeLength.requireAtMost(bits, training.dimension(), "psh");
        LabeledPairs pairs = LabeledPairs.draw(training, options.pairs(), context.random());
        List<Stump> stumps = bestStumps(training.labeled(), pairs);
        if (stumps.size() < bits) {
            throw new InputException("psh: a code of " + bits + " bits needs as many features that vary, but only "
                    + stumps.size() + " of the " + training.dimension() + " features do; ask for fewer bits");
        }
        return new StumpHashFunction(training.dimension(), stumps.subList(0, bits));
    }

    /** The best stump of every feature that has one, best first; lower features first where equally good. */
    private static List<Stump> bestStumps(FeatureMatrix features, LabeledPairs pairs) {
        double[] gains = pairs.gains();
        return IntStream.range(0, features.dimension())
                .parallel()
                .mapToObj(feature -> bestStump(features, feature, pairs, gains))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(Stump::gap).reversed())
                .toList();
    }

    private static Optional<Stump> bestStump(FeatureMatrix features, int feature, LabeledPairs pairs, double[] gains) {
        float[] values = new float[features.rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.get(i, feature);
        }
        return ThresholdSearch.best(values, pairs, gains)
                .map((Threshold best) -> new Stump(feature, best.value(), best.gain() / pairs.each()));
    }

    /**
     * A bit that is 1 where a feature lies above a threshold.
     *
     * @param feature the column j of the feature
     * @param threshold T
     * @param gap TP - FP over the training pairs
     */
    private record Stump(int feature, float threshold, double gap) {}

    /**
     * A hash function of threshold stumps: each bit compares one feature with one threshold.
     *
     * @param dimension d
     * @param stumps one for each bit
     */
    private record StumpHashFunction(int dimension, List<Stump> stumps) implements HashFunction {
        private static final String KIND = "stumps";

        StumpHashFunction {
            stumps = List.copyOf(stumps);
        }

        static StumpHashFunction restore(ModelState state) {
            StateReader in = StateReader.of(state, KIND);
            int[] features = in.indices("features", in.inputs(), in.outputs());
            float[] thresholds = in.floats("thresholds", in.outputs());
            double[] gaps = in.doubles("gaps", in.outputs());
            in.end();
            return new StumpHashFunction(
                    in.inputs(),
                    IntStream.range(0, features.length)
                            .mapToObj(b -> new Stump(features[b], thresholds[b], gaps[b]))
                            .toList());
        }

        @Override
        public ModelState state() {
            int[] features = stumps.stream().mapToInt(Stump::feature).toArray();
            double[] gaps = stumps.stream().mapToDouble(Stump::gap).toArray();
            return new ModelState(KIND, dimension, bits())
                    .with("features", ModelArray.ints(features, bits()))
                    .with("thresholds", ModelArray.floats(thresholds(), bits()))
                    .with("gaps", ModelArray.doubles(gaps, bits()));
        }

        @Override
        public int bits() {
            return stumps.size();
        }

        @Override
        public BinaryCodes encode(FeatureMatrix features) {
            int[] places = stumps.stream().mapToInt(Stump::feature).toArray();
            Stumps margins = new Stumps(dimension, places, thresholds());
            return new BlockEncoder(dimension, bits(), dimension + bits()).encode(features, margins::apply);
        }

        private float[] thresholds() {
            float[] thresholds = new float[bits()];
            for (int b = 0; b < thresholds.length; b++) {
                thresholds[b] = stumps.get(b).threshold();
            }
            return thresholds;
        }

        @Override
        public long parameters() {
            return 2L * bits();
        }
    }
}
