package io.github.linfhash.baselines.threshold;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import java.util.List;

/**
 * A hash function of threshold stumps: each bit compares one feature with one threshold.
 *
 * @param dimension d
 * @param stumps one for each bit
 */
record StumpHashFunction(int dimension, List<Stump> stumps) implements HashFunction {
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

    @Override
    public int bits() {
        return stumps.size();
    }

    @Override
    public BinaryCodes encode(FeatureMatrix features) {
        if (features.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "this hash function takes features of dimension " + dimension + ", not " + features.dimension());
        }
        float[] row = new float[dimension];
        float[] values = new float[Math.multiplyExact(features.rows(), bits())];
        for (int i = 0; i < features.rows(); i++) {
            features.copyRow(i, row);
            for (int b = 0; b < bits(); b++) {
                Stump stump = stumps.get(b);
                values[i * bits() + b] = row[stump.feature()] - stump.threshold();
            }
        }
        return BinaryCodes.ofSigns(features.rows(), bits(), values);
    }

    @Override
    public long parameters() {
        return 2L * bits();
    }
}
