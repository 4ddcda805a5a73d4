package io.github.linfhash.baselines;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.testing.Filled;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GaussianSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Small seeded data for the tests of this module. */
public final class Samples {
    private Samples() {}

    /** Rows around one center a class, of class {@code i % classes}. */
    public static FeatureMatrix clusters(int rows, int dimension, int classes, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("clusters");
        SharedStateContinuousSampler normal = GaussianSampler.of(ZigguratSampler.NormalizedGaussian.of(random), 0, 1);
        float[][] centers = new float[classes][dimension];
        for (float[] center : centers) {
            for (int j = 0; j < dimension; j++) {
                center[j] = (float) normal.sample();
            }
        }
        return FeatureMatrix.owning(
                rows,
                dimension,
                Filled.floats(
                        rows * dimension,
                        i -> centers[i / dimension % classes][i % dimension] + 0.7f * (float) normal.sample()));
    }

    /** Class {@code i % classes} for row i. */
    public static ClassLabels classes(int rows, int classes) {
        return ClassLabels.of(IntStream.range(0, rows).map(i -> i % classes).toArray());
    }

    /** Random label sets, each label with probability 0.2, so that some rows have none. */
    public static LabelSets labelSets(int rows, int labels, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("labels");
        boolean[] indicator = new boolean[rows * labels];
        for (int i = 0; i < indicator.length; i++) {
            indicator[i] = random.nextDouble() < 0.2;
        }
        return LabelSets.of(rows, labels, indicator);
    }

    /** The rows 0..count-1. */
    public static int[] first(int count) {
        return IntStream.range(0, count).map(i -> i).toArray();
    }
}
