package io.github.linfhash.encoders.training;

import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;

/** The loss on one fixed list of pairs of held-out images, with the same share of similar pairs as in training. */
final class HeldOutLoss {
    private static final int MOST_PAIRS = 20_000;

    private final Pairs pairs;
    private final PairBatches batches;

    HeldOutLoss(Network network, HeldOut images, TrainingOptions options, RandomStreams random) {
        int count = Math.max(options.batchPairs(), Math.min(MOST_PAIRS, options.pairsPerEpoch()));
        this.pairs = new PairSampler(images.heldOutFeatures(), images.heldOutLabels())
                .mixed(count, options.similarShare(), random.stream("validation.pairs"));
        this.batches = new PairBatches(network, images.heldOutFeatures(), options.batchPairs(), options.contrastive());
    }

    double measure() {
        return batches.evaluate(pairs);
    }
}
