package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimiser;

/** Steps that take all pairs of a batch of images: one forward pass of B images for B (B - 1) / 2 pairs. */
final class InBatchSteps implements Steps {
    private final BatchSampler sampler;
    private final BatchPairs pairs;
    private final InBatchLoss loss;
    private final InputDropout dropout;
    private final Network.Pass pass;
    private final FeatureMatrix features;
    private final float[] images;
    private final float[] gradient;
    private final int count;

    InBatchSteps(
            Network network, FeatureMatrix features, Labels labels, TrainingOptions options, RandomStreams random) {
        this.sampler = new BatchSampler(labels, options.batch(), random.counter("batches"));
        this.pairs = new BatchPairs(features, options.similar(features, labels), sampler.size());
        this.loss = new InBatchLoss(options.loss(), options.similarShare(), network.outputs(), sampler.size());
        this.dropout = new InputDropout(options.inputDropout(), random.counter("dropout"));
        this.pass = network.pass(sampler.size());
        this.features = features;
        this.images = new float[sampler.size() * features.dimension()];
        this.gradient = new float[network.outputs() * sampler.size()];
        this.count = options.batch().steps();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public double step(int epoch, int number, Optimiser optimiser) {
        int[] batch = sampler.draw(epoch, number);
        pairs.look(batch);
        for (int i = 0; i < batch.length; i++) {
            features.copyRows(batch[i], 1, images, i * features.dimension());
        }
        dropout.apply(images, epoch, number);
        pass.input().copyFrom(images);
        double value = loss.gradient(pass.forward(), pairs, gradient);
        pass.step(gradient, optimiser);
        return value;
    }
}
