package io.github.linfhash.encoders.training;


import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Images of unit length in round clouds, one cloud a class. */
public final class Blobs {
    private Blobs() {}

    /** Images of four classes, in turn. */
    public static TrainingSet of(int images, int dimension, double spread) {
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(11).stream("blobs"));
        float[][] centers = new float[4][dimension];
        for (float[] center : centers) {
            for (int j = 0; j < dimension; j++) {
                center[j] = (float) normal.sample();
            }
        }
        float[][] rows = new float[images][dimension];
        int[] classes = new int[images];
        for (int i = 0; i < images; i++) {
            classes[i] = i % centers.length;
            double squared = 0;
            for (int j = 0; j < dimension; j++) {
                rows[i][j] = (float) (centers[classes[i]][j] + spread * normal.sample());
                squared += rows[i][j] * rows[i][j];
            }
            for (int j = 0; j < dimension; j++) {
                rows[i][j] /= (float) Math.sqrt(squared);
            }
        }
        FeatureMatrix features = FeatureMatrix.copyOf(rows);
        return new TrainingSet(features, ClassLabels.of(classes), features);
    }

    /** A short training. */
    public static TrainingOptions shortTraining(int epochs) {
        TrainingOptions d = TrainingOptions.DEFAULTS;
        return d.with("learningRate", 0.02).with("epochs", epochs).with("pairsPerEpoch", 2000).with("batchPairs", 20).with("margin", 2).with("firstDecay", 0.001).with("laterDecay", 0.001);
    }
}
