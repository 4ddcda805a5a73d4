package io.github.linfhash.experiment.tuning;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.SharedWork;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.SiameseTrainings.Job;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.tuning.SearchSpace.Configuration;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.hashing.HashingQuantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Judges configurations: trains on a fold's images and lets each held-out image search the other held-out images, so
 * that neither side was seen in training, as with queries and most of a database.
 *
 * @param folds divisions of the training images
 * @param seed of the first training; others have the numbers after it
 * @param trainings seeds of training
 * @param work what trainings share
 * @param database rows of the protocol's database, for which precision in Hamming balls is extrapolated
 * @param device what encoders are trained on
 */
record HeldOutJudge(List<Fold> folds, long seed, int trainings, SharedWork work, int database, TrainingDevice device) {
    /** A judge whose methods train themselves. */
    HeldOutJudge(List<Fold> folds, long seed, int trainings, SharedWork work, int database) {
        this(folds, seed, trainings, work, database, TrainingDevice.DEFAULT);
    }

    /** The number of trainings of a configuration that lasts to the end. */
    int units() {
        return folds.size() * trainings;
    }

    private Fold fold(int unit) {
        return folds.get(unit % folds.size());
    }

    private TrainingContext context(int unit) {
        RandomStreams random = new RandomStreams(seed + unit / folds.size());
        return new TrainingContext(random, Progress.NONE, work);
    }

    /**
     * Trains and measures once.
     *
     * @param unit from 0: all folds with the first seed, then all with the second, ...
     */
    TrialResult judge(ConfiguredMethod<?> method, int bits, int unit) {
        return measure(() -> method.method().train(fold(unit).training(), bits, context(unit)), unit);
    }

    /** Why the device cannot train a configuration; empty where it can, and where methods train themselves. */
    Optional<String> obstacle(Configuration configuration) {
        return device.obstacle(configuration.method().method());
    }

    /**
     * A training to be carried out with others.
     *
     * @throws InputException if the device cannot train the method with its options
     */
    Job job(ConfiguredMethod<?> configured, int bits, int unit) {
        HashingMethod method = configured.method();
        device.requirePossible(configured.entry(), method);
        return device.job(method, fold(unit).training(), bits, context(unit));
    }

    /** Measures what a training gives, or says why it gives nothing. */
    TrialResult measure(Supplier<HashFunction> training, int unit) {
        Fold fold = fold(unit);
        try {
            BinaryCodes codes = training.get().encode(fold.heldOut());
            if (fold.neighbors() != null) {
                return TrialResult.ofNeighbors(fold.neighbors().recall(codes));
            }
            Relevance relevance = Relevance.bySimilarLabels(fold.heldOutLabels(), fold.heldOutLabels());
            return TrialResult.of(HammingScan.scan(codes, codes, relevance).withoutSelf());
        } catch (NonFiniteException | InputException e) {
            return TrialResult.failed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /**
     * The nearest vectors of each held-out row among the other held-out rows, by the distance of the protocol, and how many of them codes
     * keep.
     */
    record HeldOutNeighbors(FloatNeighbors nearest) {
        private static final NeighborRecall WITHOUT_OVERSAMPLING = new NeighborRecall(List.of(1));

        /**
         * Finds them exactly.
         *
         * @param vectors of the held-out rows, as {@link PreparedVectors#of} gives them
         * @param k how many of each
         * @throws InputException if there are not more than k rows
         */
        static HeldOutNeighbors of(FeatureMatrix vectors, Similarity similarity, int k) {
            if (vectors.rows() <= k) {
                throw new InputException("expected in each fold more rows than the " + k + " neighbors of each, found "
                        + vectors.rows() + "; take fewer folds");
            }
            return new HeldOutNeighbors(
                    FloatNeighbors.find(vectors, vectors, k + 1, similarity).withoutSelf());
        }

        /** The nearest of a row, nearest first. */
        int[] of(int row) {
            return nearest.ids(row);
        }

        /**
         * The share of each row's nearest among as many best ones by Hamming distance, itself left out, as a mean over rows; as runs of
         * hashing methods measure it.
         */
        double recall(BinaryCodes codes) {
            Quantizer.Estimates estimates = HashingQuantizer.estimates(codes, codes);
            double[] recalls = IntStream.range(0, nearest.queries())
                    .parallel()
                    .mapToDouble(row -> {
                        float[] distances = estimates.forQuery(row).first(codes.size());
                        distances[row] = Float.POSITIVE_INFINITY;
                        return WITHOUT_OVERSAMPLING.of(nearest, row, distances)[0];
                    })
                    .toArray();
            // In the order of rows, so that the sum has the same bits for any number of threads.
            return Arrays.stream(recalls).average().orElseThrow();
        }
    }
}
