package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/** Networks of two layers for 12 features, to train and to compare. */
final class SmallNetworks {
    private SmallNetworks() {}

    static Network of(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("init");
        return Network.chain(
                1,
                List.of(
                        new Layer(Weights.glorot("W1", 8, 12, random), null, new Tanh()),
                        new Layer(Weights.glorot("W2", 8, 8, random), null, new Tanh())));
    }

    /** The mean distance that a network puts between images of different classes. */
    static double meanDissimilar(Network network, TrainingSet images) {
        float[] outputs = new NetworkHashFunction(network, Map.of()).outputs(images.labeled());
        int units = network.outputs();
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < images.labels().size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!images.labels().similar(i, images.labels(), j)) {
                    double squared = 0;
                    for (int u = 0; u < units; u++) {
                        squared += Math.pow((double) outputs[i * units + u] - outputs[j * units + u], 2);
                    }
                    sum += Math.sqrt(squared);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    static float[][] weights(Network network) {
        return network.parameters().stream().map(p -> p.toArray()).toArray(float[][]::new);
    }
}
