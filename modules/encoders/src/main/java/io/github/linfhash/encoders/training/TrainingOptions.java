package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Optimizer.Decay;
import io.github.linfhash.encoders.training.BatchPairs.SimilarRows;
import io.github.linfhash.encoders.training.LossKind.LossOptions;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * How a Siamese network is trained; the same for all encoders.
 *
 * @param epochs how often the pairs are gone through
 * @param pairsPerEpoch pairs in an epoch; what is left below a full batch is not used
 * @param pairs where an epoch's pairs come from
 * @param similarShare the share of similar pairs
 * @param batchPairs pairs in a batch
 * @param batch what a step takes where {@code pairs} is in-batch, in the place of {@code pairsPerEpoch} and {@code
 *     batchPairs}
 * @param optimizer the rule of descent on the mean loss of a batch
 * @param learningRate of the optimizer, constant
 * @param margin m of eq. (12)
 * @param lossSign the sign of the dissimilar term of eq. (12)
 * @param firstDecay weight decay of the first layer's matrix; biases and scales have none
 * @param laterDecay weight decay of all later matrices
 * @param inputDropout the share of input values that each step of in-batch pairs sets to 0
 * @param averagedEpochs how many of the last epochs the learned weights are the mean of,
 *     of all where there are fewer; 1 takes the last ones as they are
 * @param sparsityPenalty the weight of |x|_1 + |x'|_1, added to the loss of a pair
 * @param validationShare the share of the training images held out for choosing the epoch; 0 trains on all of them for
 *     the given number of epochs
 * @param patience with held-out images, the epochs without a better validation loss after which training stops
 * @param supervision what says that two images are similar; all but labels needs {@code pairs: in-batch}, drawn uniformly, and
 *     holds no images out
 * @param neighbors with {@code supervision: neighbors}, how many nearest images of each are similar to it
 * @param loss what is made small; all but contrastive need {@code pairs: in-batch} and hold no images out, and have no use for {@code
 *     similarShare}, {@code margin} and {@code lossSign}; regression looks at no label, whatever the supervision
 * @param losses the options of each other loss, of which {@code loss} chooses
 */
public record TrainingOptions(
        @Origin(value = Source.OUR_READING, note = "The paper leaves this open. 20 epochs are two million pairs.")
        @Range(least = 0)
        int epochs,

        @Origin(value = Source.PAPER, note = "Section 5.2: 100,000 pairs, stated for NUS-WIDE.") @Range(least = 1)
        int pairsPerEpoch,

        @Origin(value = Source.OUR_READING, note = "The paper speaks of a set of pairs, so the list is fixed.")
        PairSource pairs,

        @Origin(value = Source.OUR_READING, note = "Equation (12) has one similar and one dissimilar term.")
        @Range(least = 0, most = 1)
        double similarShare,

        @Origin(value = Source.PAPER, note = "Section 5.1: batch size 128. Read as pairs.") @Range(least = 1)
        int batchPairs,

        BatchOptions batch,

        @Origin(value = Source.PAPER, note = "Section 5.1: stochastic gradient descent without momentum.")
        Optimizer.Kind optimizer,

        @Origin(value = Source.PAPER, note = "Section 5.1: constant learning rate.") @Range(above = 0)
        double learningRate,

        @Origin(value = Source.PAPER, note = "Section 5.1: m = 5.") @Range(above = 0)
        double margin,

        @Origin(
                value = Source.OUR_READING,
                note = "As published, equation (12) pulls dissimilar pairs together, so the sign is corrected.")
        LossSign lossSign,

        @Origin(value = Source.OUR_READING, note = "The paper states no weight decay.") @Range(least = 0)
        double firstDecay,

        @Origin(value = Source.OUR_READING, note = "The paper states no weight decay.") @Range(least = 0)
        double laterDecay,

        @Origin(value = Source.OUR_READING, note = "The paper states no dropout.") @Range(least = 0, below = 0.99)
        double inputDropout,

        @Origin(value = Source.OUR_READING, note = "The paper states no averaging of weights.") @Range(least = 1)
        int averagedEpochs,

        @Origin(value = Source.OUR_READING, note = "The paper states no sparsity penalty.") @Range(least = 0)
        double sparsityPenalty,

        @Origin(value = Source.OUR_READING, note = "A fixed number of epochs needs no held-out samples.")
        @Range(least = 0, below = 1)
        double validationShare,

        @Origin(value = Source.OUR_READING, note = "Used with held-out samples only. The paper leaves this open.")
        @Range(least = 1)
        int patience,

        @Origin(value = Source.PAPER, note = "Section 4: labels define the pairs.")
        PairSupervision supervision,

        @Origin(value = Source.OUR_READING, note = "As many as recall is measured for. The paper uses labels.")
        @Range(least = 1)
        int neighbors,

        @Origin(value = Source.PAPER, note = "Equation (12).")
        LossKind loss,

        LossOptions losses) {

    /** The paper's values where it prints them, our reading elsewhere. */
    public static final TrainingOptions DEFAULTS = new TrainingOptions(
            /* epochs= */ 20,
            /* pairsPerEpoch= */ 100_000,
            /* pairs= */ PairSource.FIXED_LIST,
            /* similarShare= */ 0.5,
            /* batchPairs= */ 128,
            /* batch= */ BatchOptions.DEFAULTS,
            /* optimizer= */ Optimizer.Kind.SGD,
            /* learningRate= */ 0.01,
            /* margin= */ 5,
            /* lossSign= */ LossSign.CORRECTED,
            /* firstDecay= */ 0,
            /* laterDecay= */ 0,
            /* inputDropout= */ 0,
            /* averagedEpochs= */ 1,
            /* sparsityPenalty= */ 0,
            /* validationShare= */ 0,
            /* patience= */ 10,
            /* supervision= */ PairSupervision.LABELS,
            /* neighbors= */ 10,
            /* loss= */ LossKind.CONTRASTIVE,
            /* losses= */ LossOptions.DEFAULTS);

    /** Adam on all pairs of batches of 128 images, with dropout of the inputs: the recommendation for new data. */
    public static final TrainingOptions RECOMMENDED = DEFAULTS.with("pairs", PairSource.IN_BATCH)
            .with("averagedEpochs", 4)
            .with("inputDropout", 0.3)
            .with("learningRate", 0.003)
            .with("similarShare", 0.3)
            .with("optimizer", Optimizer.Kind.ADAM)
            .with("firstDecay", 0.01)
            .with("laterDecay", 0.01);

    public TrainingOptions {
        Ranges.check(
                TrainingOptions.class,
                epochs,
                pairsPerEpoch,
                pairs,
                similarShare,
                batchPairs,
                batch,
                optimizer,
                learningRate,
                margin,
                lossSign,
                firstDecay,
                laterDecay,
                inputDropout,
                averagedEpochs,
                sparsityPenalty,
                validationShare,
                patience,
                supervision,
                neighbors,
                loss,
                losses);
        Ranges.require(
                pairsPerEpoch >= batchPairs,
                "pairsPerEpoch: expected at least one batch of " + batchPairs + ", found " + pairsPerEpoch);
        requireDecay("firstDecay", firstDecay, learningRate);
        requireDecay("laterDecay", laterDecay, learningRate);
        Ranges.require(
                inputDropout == 0 || pairs == PairSource.IN_BATCH,
                "inputDropout: expected 0 or pairs: in-batch, found " + inputDropout + " and " + word(pairs));
        Ranges.require(
                averagedEpochs == 1 || validationShare == 0,
                "averagedEpochs: expected 1, as images are held out by validationShare, found " + averagedEpochs);
        Ranges.require(
                supervision == PairSupervision.LABELS
                        || (pairs == PairSource.IN_BATCH && batch.classes() == 0 && validationShare == 0),
                "supervision: neighbors needs pairs: in-batch, batch.classes: 0 and validationShare: 0, not "
                        + word(pairs) + ", " + batch.classes() + " and "
                        + validationShare);
        requireLoss(loss, pairs, supervision, lossSign, validationShare);
        Ranges.require(
                loss.learns() != LossKind.Learns.SOLUTIONS || batch.classes() == 0,
                "loss: " + loss.word() + " has no classes to draw batches from and needs batch.classes: 0, not "
                        + batch.classes());
    }

    private static void requireLoss(
            LossKind loss, PairSource pairs, PairSupervision supervision, LossSign sign, double validationShare) {
        Ranges.require(
                loss == LossKind.CONTRASTIVE
                        || (pairs == PairSource.IN_BATCH && sign == LossSign.CORRECTED && validationShare == 0),
                "loss: " + loss.word() + " needs pairs: in-batch, lossSign: corrected and validationShare: 0, not "
                        + word(pairs) + ", " + word(sign) + " and " + validationShare);
        Ranges.require(
                supervision == PairSupervision.LABELS || loss.learns() == LossKind.Learns.SIMILARITY,
                "loss: " + loss.word() + " learns from " + word(loss.learns())
                        + " and takes no supervision: neighbors; the losses "
                        + LossKind.ofSimilarity() + " do");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void requireDecay(String name, double decay, double rate) {
        Ranges.require(decay * rate < 1, name + ": expected a number below 1 / learningRate, found " + decay);
    }

    /** Returns a copy with another value of the option of a name; see {@link OptionRecords#with}. */
    public TrainingOptions with(String name, Object value) {
        return OptionRecords.with(this, name, value);
    }

    /**
     * The rows of a training set that a network learns from, drawn from the streams where they are not the labeled ones.
     *
     * @throws io.github.linfhash.core.errors.InputException if the loss cannot learn from their labels, or there are too few
     */
    public TrainingSet rows(TrainingSet training, RandomStreams random) {
        requireFit(training.labels());
        return loss.learns() == LossKind.Learns.SOLUTIONS
                ? losses.regression().sample(training, random)
                : supervision.rows(training, neighbors, random);
    }

    /** Returns the supervision of a method with these options. */
    public MethodSpec.Supervision learnsFrom() {
        return loss.learns() == LossKind.Learns.SOLUTIONS
                ? MethodSpec.Supervision.UNSUPERVISED
                : supervision.learnsFrom();
    }

    /**
     * Checks that the loss can learn from labels.
     *
     * @throws io.github.linfhash.core.errors.InputException if not, in a sentence
     */
    public void requireFit(Labels labels) {
        loss.requireFit(labels);
    }

    /** Which rows of what {@link #rows} gave are similar. */
    SimilarRows similar(FeatureMatrix features, Labels labels) {
        return supervision == PairSupervision.LABELS
                ? SimilarRows.of(labels)
                : SimilarRows.nearest(features, neighbors);
    }

    Optimizer newOptimizer() {
        return optimizer.create(learningRate, new Decay(firstDecay, laterDecay));
    }

    ContrastiveLoss contrastive() {
        return new ContrastiveLoss(margin, lossSign, sparsityPenalty);
    }

    /**
     * The batches from which steps of the pair source {@code in-batch} take their pairs.
     *
     * @param images B, images in a batch; all pairs of them are used. No more are taken than there are training images
     * @param classes P, the classes (or labels) that a batch is drawn from, B / P images of each; 0 draws images uniformly
     * @param steps in an epoch
     */
    public record BatchOptions(
            @Origin(value = Source.PAPER, note = "Section 5.1: batch size 128. Read as samples, not as pairs.")
            @Range(least = 2, most = 8192)
            int images,

            @Origin(value = Source.OUR_READING, note = "The paper leaves this open. Sampled uniformly.")
            @Range(least = 0)
            int classes,

            @Origin(value = Source.OUR_READING, note = "The paper leaves this open. 20 epochs are 3,000 steps.")
            @Range(least = 1)
            int steps) {
        /** 128 images, drawn uniformly, 150 times an epoch. */
        public static final BatchOptions DEFAULTS = new BatchOptions(128, 0, 150);

        public BatchOptions {
            Ranges.check(BatchOptions.class, images, classes, steps);
            Ranges.require(
                    classes == 0 || images / classes >= 2,
                    "classes: expected 0, or two of " + images + " images for each class, found " + classes);
        }
    }

    /** Where the pairs of an epoch come from. */
    public enum PairSource {
        /** One list drawn before training, gone through in a new order every epoch. */
        FIXED_LIST,
        /** New pairs for every epoch. */
        RESAMPLED,
        /** All pairs of the images of a batch. */
        IN_BATCH
    }

    /** The criterion by which two images are similar. */
    public enum PairSupervision {
        /** A class or label that both have. */
        LABELS,
        /** The place of one among the nearest of the other; no label is looked at. */
        NEIGHBORS;

        /** The most rows whose neighbors are found. */
        static final int MOST_ROWS = 5000;

        /** Returns the supervision of a method that uses this criterion. */
        public MethodSpec.Supervision learnsFrom() {
            return this == LABELS ? MethodSpec.Supervision.SUPERVISED : MethodSpec.Supervision.UNSUPERVISED;
        }

        /**
         * The labeled rows; or in their place, for neighbors, at most {@value #MOST_ROWS} of the unlabeled ones, drawn from the stream
         * "neighbors", all of one class.
         */
        TrainingSet rows(TrainingSet training, int neighbors, RandomStreams random) {
            if (this == LABELS) {
                return training;
            }
            int n = Math.min(training.unlabeled().rows(), MOST_ROWS);
            if (n < neighbors + 2) {
                throw new InputException("supervision: neighbors: expected at least two rows more than the " + neighbors
                        + " neighbors of each, found " + n);
            }
            return sample(training, MOST_ROWS, random.stream("neighbours"));
        }

        /** At most so many of the unlabeled rows of a training set in the place of its labeled ones, all of one class. */
        static TrainingSet sample(TrainingSet training, int most, UniformRandomProvider random) {
            FeatureMatrix all = training.unlabeled();
            int n = Math.min(all.rows(), most);
            int[] rows = new PermutationSampler(random, all.rows(), n).sample();
            Arrays.sort(rows);
            return new TrainingSet(all.select(rows), ClassLabels.of(new int[n]), all);
        }
    }

    /** How the dissimilar pairs enter the pairwise loss, eq. (12). */
    public enum LossSign {
        /** Added, as in Hadsell, Chopra and LeCun (CVPR 2006): dissimilar pairs are pushed a margin apart. */
        CORRECTED(1),
        /** Subtracted, as eq. (12) is printed: minimizing it pulls dissimilar pairs together. */
        PRINTED(-1);

        private final double factor;

        LossSign(double factor) {
            this.factor = factor;
        }

        double factor() {
            return factor;
        }
    }
}
