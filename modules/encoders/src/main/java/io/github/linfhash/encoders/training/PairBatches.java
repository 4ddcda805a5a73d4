package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;

/** Runs batches of pairs through a network, both ends of all pairs stacked as the columns of one pass. */
final class PairBatches {
    private final ContrastiveLoss loss;
    private final float[] images;
    private final Network.Pass pass;
    private final int[] columns;
    private final boolean[] similar;
    private final float[] gradient;

    PairBatches(Network network, FeatureMatrix images, int batchPairs, ContrastiveLoss loss) {
        this.loss = loss;
        this.images = images.toArray();
        this.pass = network.pass(2 * batchPairs);
        this.columns = new int[2 * batchPairs];
        this.similar = new boolean[batchPairs];
        this.gradient = new float[2 * batchPairs * network.outputs()];
    }

    /** The number of full batches in a list of pairs. */
    int count(Pairs pairs) {
        return pairs.size() / similar.length;
    }

    /** Takes one descent step on batch number {@code batch}; gives the mean loss before it. */
    double train(Pairs pairs, int batch, Optimizer optimizer) {
        double value = loss.gradient(forward(pairs, batch), similar, gradient);
        pass.step(gradient, optimizer);
        return value;
    }

    /** The mean loss over all full batches; nothing is learned. */
    double evaluate(Pairs pairs) {
        double sum = 0;
        for (int batch = 0; batch < count(pairs); batch++) {
            sum += loss.value(forward(pairs, batch), similar);
        }
        return sum / count(pairs);
    }

    private float[] forward(Pairs pairs, int batch) {
        int size = similar.length;
        for (int p = 0; p < size; p++) {
            int pair = batch * size + p;
            columns[p] = pairs.first(pair);
            columns[size + p] = pairs.second(pair);
            similar[p] = pairs.similar(pair);
        }
        pass.input().gather(images, columns);
        return pass.forward();
    }
}
