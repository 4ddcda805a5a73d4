package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.training.BatchSampler.InputDropout;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Steps that take all pairs of a batch of images, or each of its images: one forward pass of B images for B (B - 1) / 2 pairs. */
final class InBatchSteps implements Steps {
    private final BatchSampler sampler;
    private final BatchLoss loss;
    private final InputDropout dropout;
    private final Network.Pass pass;
    private final FeatureMatrix features;
    private final float[] images;
    private final float[] gradient;
    private final int count;

    InBatchSteps(
            Network network,
            FeatureMatrix features,
            Labels labels,
            @Nullable FeatureMatrix solutions,
            TrainingOptions options,
            RandomStreams random) {
        this(
                network,
                features,
                new BatchSampler(labels, options.batch(), random.counter("batches")),
                images -> options.loss()
                        .withSparsity(new LossKind.Setting(
                                options, features, labels, solutions, network.outputs(), images, random)),
                new InputDropout(options.inputDropout(), random.counter("dropout")),
                options.batch().steps());
    }

    /**
     * Steps from their parts.
     *
     * @param loss makes the loss of batches of so many images
     * @param count steps of an epoch
     */
    InBatchSteps(
            Network network,
            FeatureMatrix features,
            BatchSampler sampler,
            IntFunction<BatchLoss> loss,
            InputDropout dropout,
            int count) {
        this.sampler = sampler;
        this.loss = loss.apply(sampler.size());
        this.dropout = dropout;
        this.pass = network.pass(sampler.size());
        this.features = features;
        this.images = new float[sampler.size() * features.dimension()];
        this.gradient = new float[network.outputs() * sampler.size()];
        this.count = count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Parameter> parameters() {
        return loss.parameters();
    }

    @Override
    public double step(int epoch, int number, Optimizer optimizer) {
        if (number == 0) {
            loss.beginEpoch(epoch);
        }
        int[] batch = sampler.draw(epoch, number);
        for (int i = 0; i < batch.length; i++) {
            features.copyRows(batch[i], 1, images, i * features.dimension());
        }
        dropout.apply(images, epoch, number);
        pass.input().copyFrom(images);
        double value = loss.gradient(pass.forward(), batch, gradient);
        loss.step(optimizer);
        pass.step(gradient, optimizer);
        return value;
    }
}
