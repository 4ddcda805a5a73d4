package io.github.linfhash.harness.tuning;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.evaluation.BallMetrics;
import io.github.linfhash.core.evaluation.DistanceHistograms;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.RankMetrics;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Objects;

/**
 * Judges configurations: trains on a fold's images and lets each held-out image search the other held-out images, so
 * that neither side was seen in training, as with queries and most of a database.
 *
 * @param bits the code length N
 * @param random the streams of every training
 */
record HeldOutJudge(int bits, RandomStreams random) {
    /** A configuration's score with one more fold. */
    Score judge(Configuration configuration, Score before, Fold fold) {
        try {
            DistanceHistograms histograms = search(configuration, fold);
            return before.and(
                    new RankMetrics(histograms).map(),
                    BallMetrics.at(histograms, 2).precision());
        } catch (NonFiniteException | InputException e) {
            return before.failed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private DistanceHistograms search(Configuration configuration, Fold fold) {
        TrainingContext context = new TrainingContext(random, Progress.NONE, null);
        BinaryCodes codes = configuration
                .method()
                .method()
                .train(fold.training(), bits, context)
                .encode(fold.heldOut());
        Relevance relevance = Relevance.bySimilarLabels(fold.heldOutLabels(), fold.heldOutLabels());
        return HammingScan.scan(codes, codes, relevance).withoutSelf();
    }
}
