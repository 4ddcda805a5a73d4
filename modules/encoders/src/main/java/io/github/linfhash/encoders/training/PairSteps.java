package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import org.apache.commons.rng.UniformRandomProvider;

/** Steps that go through a list of pairs in batches; an epoch has its order, or the whole list, from stream "pairs.e". */
final class PairSteps implements Steps {
    private final TrainingOptions options;
    private final RandomStreams random;
    private final PairSampler sampler;
    private final Pairs list;
    private final PairBatches batches;
    private Pairs pairs;

    PairSteps(Network network, FeatureMatrix features, Labels labels, TrainingOptions options, RandomStreams random) {
        this.options = options;
        this.random = random;
        this.sampler = new PairSampler(features, labels);
        this.list = sampler.mixed(options.pairsPerEpoch(), options.similarShare(), random.stream("pairs"));
        this.batches = new PairBatches(network, features, options.batchPairs(), options.contrastive());
        this.pairs = list;
    }

    @Override
    public int count() {
        return batches.count(list);
    }

    @Override
    public double step(int epoch, int number, Optimizer optimizer) {
        if (number == 0) {
            UniformRandomProvider stream = random.stream("pairs." + epoch);
            pairs = options.pairs() == PairSource.FIXED_LIST
                    ? list.shuffled(stream)
                    : sampler.mixed(options.pairsPerEpoch(), options.similarShare(), stream);
        }
        return batches.train(pairs, number, optimizer);
    }
}
