package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.Origin;
import io.github.linfhash.core.method.Origin.Source;

/**
 * How a Siamese network is trained; the same for all encoders.
 *
 * @param epochs how often the pairs are gone through
 * @param pairsPerEpoch pairs in an epoch; what is left below a full batch is not used
 * @param pairs where an epoch's pairs come from
 * @param similarShare the share of similar pairs
 * @param batchPairs pairs in a batch
 * @param learningRate of plain stochastic gradient descent on the mean loss of a batch, constant
 * @param margin m of eq. (12)
 * @param lossSign the sign of the dissimilar term of eq. (12)
 * @param weightDecay of the weight matrices; biases and scales have none
 * @param sparsityPenalty the weight of |x|_1 + |x'|_1, added to the loss of a pair
 * @param validationShare the share of the training images held out for choosing the epoch; 0 trains on all of them for
 *     the given number of epochs
 * @param patience with held-out images, the epochs without a better validation loss after which training stops
 */
public record TrainingOptions(
        @Origin(value = Source.OUR_READING, note = "not stated; two million pairs in all")
        int epochs,

        @Origin(value = Source.PAPER, note = "section 5.2: 100K pairs, stated for NUS-WIDE")
        int pairsPerEpoch,

        @Origin(value = Source.OUR_READING, note = "the paper speaks of a set of pairs")
        PairSource pairs,

        @Origin(value = Source.OUR_READING, note = "eq. (12) has one similar and one dissimilar term")
        double similarShare,

        @Origin(value = Source.PAPER, note = "section 5.1: batch size 128, read as pairs")
        int batchPairs,

        @Origin(value = Source.PAPER, note = "section 5.1: constant, no momentum")
        double learningRate,

        @Origin(value = Source.PAPER, note = "section 5.1: m = 5")
        double margin,

        @Origin(value = Source.OUR_READING, note = "as printed, eq. (12) pulls dissimilar pairs together")
        LossSign lossSign,

        @Origin(value = Source.OUR_READING, note = "none is stated")
        double weightDecay,

        @Origin(value = Source.OUR_READING, note = "none is stated")
        double sparsityPenalty,

        @Origin(value = Source.OUR_READING, note = "a fixed budget needs no held-out images")
        double validationShare,

        @Origin(value = Source.OUR_READING, note = "not stated")
        int patience) {

    /** The paper's values where it prints them, our reading elsewhere. */
    public static final TrainingOptions DEFAULTS =
            new TrainingOptions(20, 100_000, PairSource.FIXED_LIST, 0.5, 128, 0.01, 5, LossSign.CORRECTED, 0, 0, 0, 10);

    public TrainingOptions {
        OptionChecks check = new OptionChecks("The training option");
        check.require(epochs >= 0, "epochs must be at least 0, not " + epochs);
        check.require(batchPairs >= 1, "batchPairs must be at least 1, not " + batchPairs);
        check.require(
                pairsPerEpoch >= batchPairs,
                "pairsPerEpoch must be at least one batch (" + batchPairs + "), not " + pairsPerEpoch);
        check.require(
                similarShare >= 0 && similarShare <= 1, "similarShare must lie between 0 and 1, not " + similarShare);
        check.requirePositive("learningRate", learningRate);
        check.requirePositive("margin", margin);
        check.require(
                weightDecay >= 0 && weightDecay * learningRate < 1,
                "weightDecay must be at least 0 and below 1 / learningRate, not " + weightDecay);
        check.require(sparsityPenalty >= 0, "sparsityPenalty must be at least 0, not " + sparsityPenalty);
        check.require(
                validationShare >= 0 && validationShare < 1,
                "validationShare must be at least 0 and below 1, not " + validationShare);
        check.require(patience >= 1, "patience must be at least 1, not " + patience);
    }

    ContrastiveLoss loss() {
        return new ContrastiveLoss(margin, lossSign, sparsityPenalty);
    }
}
