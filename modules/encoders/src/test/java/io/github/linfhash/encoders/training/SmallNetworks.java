package io.github.linfhash.encoders.training;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ChainNetwork;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Tanh;
import io.github.linfhash.encoders.layers.Weights;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Networks of two layers for 12 features, to train and to compare. */
final class SmallNetworks {
    private SmallNetworks() {}

    static Network of(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("init");
        Tanh tanh = new Tanh();
        return new ChainNetwork(
                1,
                List.of(Weights.glorot("W1", 8, 12, random), Weights.glorot("W2", 8, 8, random)),
                List.of(tanh, tanh));
    }

    static float[][] weights(Network network) {
        return network.parameters().stream().map(p -> p.toArray()).toArray(float[][]::new);
    }
}
