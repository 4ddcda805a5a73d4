package io.github.linfhash.encoders.training;

import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
import java.util.Map;

/** How far apart a network puts the ends of pairs. */
public final class PairDistances {
    private static final int PAIRS = 2000;

    private PairDistances() {}

    /**
     * The mean distance of 2,000 dissimilar pairs of training images, drawn from the stream "gain".
     *
     * @throws io.github.linfhash.core.errors.InputException if there is no dissimilar pair
     */
    public static double meanDissimilar(Network network, TrainingSet training, RandomStreams random) {
        Pairs pairs = new PairSampler(training.labeled(), training.labels()).mixed(PAIRS, 0, random.stream("gain"));
        float[] outputs = new NetworkHashFunction(network, Map.of()).outputs(training.labeled());
        int units = network.outputs();
        double sum = 0;
        for (int p = 0; p < pairs.size(); p++) {
            double squared = 0;
            for (int i = 0; i < units; i++) {
                double d = outputs[pairs.first(p) * units + i] - outputs[pairs.second(p) * units + i];
                squared += d * d;
            }
            sum += Math.sqrt(squared);
        }
        return sum / pairs.size();
    }
}
