package io.github.linfhash.baselines.threshold;

import io.github.linfhash.baselines.encoding.BlockEncoder;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A hash function of threshold stumps: each bit compares one feature with one threshold.
 *
 * @param dimension d
 * @param stumps one for each bit
 */
record StumpHashFunction(int dimension, List<Stump> stumps) implements HashFunction {
    private static final String KIND = "stumps";

    /**
     * A bit that is 1 where a feature lies above a threshold.
     *
     * @param feature the column j of the feature
     * @param threshold T
     * @param gap TP - FP over the training pairs
     */
    record Stump(int feature, float threshold, double gap) {}

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
        float[] thresholds = new float[bits()];
        for (int b = 0; b < thresholds.length; b++) {
            thresholds[b] = stumps.get(b).threshold();
        }
        int[] features = stumps.stream().mapToInt(Stump::feature).toArray();
        double[] gaps = stumps.stream().mapToDouble(Stump::gap).toArray();
        return new ModelState(KIND, dimension, bits())
                .with("features", ModelArray.ints(features, bits()))
                .with("thresholds", ModelArray.floats(thresholds, bits()))
                .with("gaps", ModelArray.doubles(gaps, bits()));
    }

    @Override
    public int bits() {
        return stumps.size();
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        return new BlockEncoder(dimension, bits(), dimension + bits()).encode(features, this::margins);
    }

    /** How far each row's features lie above the thresholds; k x d to k x N. */
    private float[] margins(float[] rows) {
        int count = rows.length / dimension;
        float[] margins = new float[count * bits()];
        for (int b = 0; b < bits(); b++) {
            Stump stump = stumps.get(b);
            for (int i = 0; i < count; i++) {
                margins[i * bits() + b] = rows[i * dimension + stump.feature()] - stump.threshold();
            }
        }
        return margins;
    }

    @Override
    public long parameters() {
        return 2L * bits();
    }
}
