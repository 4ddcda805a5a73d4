package io.github.linfhash.experiment.tuning;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import java.util.List;
import java.util.Objects;

/**
 * Judges configurations: trains on a fold's images and lets each held-out image search the other held-out images, so
 * that neither side was seen in training, as with queries and most of a database.
 *
 * @param folds divisions of the training images
 * @param seed of the first training; others have the numbers after it
 * @param trainings seeds of training
 * @param work what trainings share
 * @param database rows of the protocol's database, for which precision in Hamming balls is extrapolated
 */
record HeldOutJudge(List<Fold> folds, long seed, int trainings, SharedWork work, int database) {
    /** The number of trainings of a configuration that lasts to the end. */
    int units() {
        return folds.size() * trainings;
    }

    /**
     * Trains and measures once.
     *
     * @param unit from 0: all folds with the first seed, then all with the second, ...
     */
    Measured judge(ConfiguredMethod<?> method, int bits, int unit) {
        Fold fold = folds.get(unit % folds.size());
        RandomStreams random = new RandomStreams(seed + unit / folds.size());
        TrainingContext context = new TrainingContext(random, Progress.NONE, null).with(work);
        try {
            BinaryCodes codes =
                    method.method().train(fold.training(), bits, context).encode(fold.heldOut());
            Relevance relevance = Relevance.bySimilarLabels(fold.heldOutLabels(), fold.heldOutLabels());
            return Measured.of(HammingScan.scan(codes, codes, relevance).withoutSelf());
        } catch (NonFiniteException | InputException e) {
            return Measured.failed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }
}
