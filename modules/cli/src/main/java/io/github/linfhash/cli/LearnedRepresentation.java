package io.github.linfhash.cli;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.RealOutputs;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.linf.DeepLinfOptions;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.flatness.Representation;
import io.github.linfhash.quantizers.rotation.Maps;
import java.util.Optional;

/**
 * The outputs of a deep l-infinity encoder that was trained on pairs of near and far rows of the database, without labels; it sees
 * vectors about their mean, at length 1.
 */
record LearnedRepresentation() implements Representation {
    static final String TITLE = "deep-linf";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public boolean random() {
        return true;
    }

    @Override
    public boolean keepsProducts() {
        return false;
    }

    @Override
    public Optional<Fitted> fit(FeatureMatrix database, int width, RandomStreams random) {
        float[] mean = Maps.mean(database);
        FeatureMatrix rows = directions(database, mean);
        // No label is looked at.
        TrainingSet training = new TrainingSet(rows.select(new int[] {0}), ClassLabels.of(0), rows);
        HashFunction learned = DeepLinf.SPEC
                .create(DeepLinfOptions.WITHOUT_LABELS)
                .train(training, width, TrainingContext.quiet(random.seed()));
        RealOutputs encoder = (RealOutputs) learned;
        return Optional.of(Fitted.same(
                vectors -> FeatureMatrix.owning(vectors.rows(), width, encoder.outputs(directions(vectors, mean)))));
    }

    private static FeatureMatrix directions(FeatureMatrix vectors, float[] mean) {
        return Similarity.COSINE.prepare(Maps.first(mean.length, mean).apply(vectors), "vectors about their mean");
    }
}
