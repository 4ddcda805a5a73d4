package io.github.linfhash.benchmarks;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import org.apache.commons.rng.UniformRandomProvider;

/** The encoders whose training is timed, from a random start. */
public enum TrainedEncoder {
    /** The deep l-infinity encoder. */
    DEEP_LINF {
        @Override
        HashingMethod method(TrainingOptions training) {
            DeepLinf.Options d = DeepLinf.Options.DEFAULTS;
            return new DeepLinf(d.with("gain", GAIN)
                    .with("initialization", DeepLinf.Options.Initialization.RANDOM)
                    .with("training", training));
        }
    },
    /** The generic encoder. */
    NNH {
        @Override
        HashingMethod method(TrainingOptions training) {
            return new Nnh(Nnh.Options.DEFAULTS.with("gain", GAIN).with("training", training));
        }
    };

    /** Pairs in an epoch. */
    static final int PAIRS = 100_000;

    private static final int IMAGES = 2_000;
    private static final int DIMENSION = 384;
    private static final InputGain GAIN = new InputGain(InputGain.Rule.FIXED, 1);

    /** The encoder, to be trained in the given way. */
    abstract HashingMethod method(TrainingOptions training);

    /** One epoch of the paper's plain descent on a list of pairs. */
    static TrainingOptions oneEpoch() {
        TrainingOptions d = TrainingOptions.DEFAULTS;
        return d.with("epochs", 1).with("pairsPerEpoch", PAIRS);
    }

    /** 3,000 steps of Adam on all pairs of 128 images. */
    static TrainingOptions inBatch(double inputDropout) {
        TrainingOptions d = TrainingOptions.DEFAULTS;
        return d.with("pairs", PairSource.IN_BATCH)
                .with("inputDropout", inputDropout)
                .with("learningRate", 0.003)
                .with("pairsPerEpoch", PAIRS)
                .with("similarShare", 0.25)
                .with("optimizer", Optimizer.Kind.ADAM)
                .with("firstDecay", 0.01)
                .with("laterDecay", 0.01);
    }

    /** Random images of ten classes, about as long as the features of a protocol. */
    static TrainingSet images() {
        UniformRandomProvider random = new RandomStreams(0).stream("images");
        float scale = (float) Math.sqrt(12.0 / DIMENSION);
        float[] values = new float[IMAGES * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (random.nextFloat() - 0.5f);
        }
        int[] classes = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            classes[i] = i % 10;
        }
        FeatureMatrix features = FeatureMatrix.owning(IMAGES, DIMENSION, values);
        return new TrainingSet(features, ClassLabels.of(classes), features);
    }
}
