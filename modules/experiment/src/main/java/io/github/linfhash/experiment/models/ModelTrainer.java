package io.github.linfhash.experiment.models;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.experiment.models.TrainedModel.ModelCard;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.MethodRun;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.Protocol.Preprocessing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Trains models that are kept.
 *
 * @param command what the user typed, without paths
 * @param progress where to say how far it is
 */
public record ModelTrainer(String command, Progress progress) {
    /** The preprocessing of a user's own vectors, as in the protocols. */
    private static final Preprocessing OWN =
            new Preprocessing(null, Preprocessing.Center.TRAINING_MEAN, Preprocessing.Norm.L2);

    /**
     * Trains on the training images of a protocol's run, exactly as {@code run} does.
     *
     * @throws IOException if kept neighbors cannot be read
     */
    public TrainedModel onProtocol(Protocol protocol, FeatureData data, MethodRun run) throws IOException {
        PreparedSplit split = PreparedSplit.of(protocol, data, run.key().seed());
        HashFunction function = run.train(split, progress);
        ModelCard.Training training = new ModelCard.Training(
                protocol.name(),
                protocol.hash(),
                data.raw().sha256(),
                split.training().labeled().rows(),
                split.training().unlabeled().rows());
        ModelCard card = card(run.method(), function, run.key().seed(), training);
        return new TrainedModel(card, split.preprocessor(), function);
    }

    /**
     * Trains on vectors of the user: all of them may be used without labels, and all are labeled, or none.
     *
     * @param raw n x d
     * @param labels n of them; null for a method that learns from none
     */
    public TrainedModel onVectors(
            FeatureMatrix raw, @Nullable Labels labels, ConfiguredMethod<?> method, int bits, long seed) {
        Preprocessor preprocessor = Preprocessor.fit(OWN, raw);
        FeatureMatrix features = preprocessor.apply(raw);
        TrainingContext context = new TrainingContext(new RandomStreams(seed), progress);
        // Methods that learn without labels look at none.
        TrainingSet training =
                new TrainingSet(features, labels == null ? ClassLabels.of(new int[raw.rows()]) : labels, features);
        HashFunction function = method.method().train(training, bits, context);
        ModelCard.Training trainedOn =
                new ModelCard.Training(null, null, raw.sha256(), labels == null ? 0 : raw.rows(), raw.rows());
        return new TrainedModel(card(method, function, seed, trainedOn), preprocessor, function);
    }

    private ModelCard card(ConfiguredMethod<?> method, HashFunction function, long seed, ModelCard.Training training) {
        return new ModelCard(
                method.name(),
                method.variant().isEmpty() ? null : method.variant(),
                function.bits(),
                function.dimension(),
                method.optionValues(),
                seed,
                training,
                new ModelCard.Program(
                        Environment.program().version(), Environment.program().commit(), command));
    }
}
