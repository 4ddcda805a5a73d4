package io.github.linfhash.encoders.generic;

import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.GradientCheck;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkTwin;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NnhGradientTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStepOfAllPairsOfABatchFollowsTheDifferencesOfTheLoss(boolean biases) {
        TrainingSet images = Blobs.of(40, 7, 0.5);
        Nnh.Options options = Nnh.Options.DEFAULTS
                .with("gain", new InputGain(InputGain.Rule.FIXED, 1.3))
                .with("biases", biases);
        Network network = new Nnh(options).network(images, 6, TrainingContext.quiet(1).random().stream("init"));

        new GradientCheck(network, new NetworkTwin(1.3, 0, NetworkTwin.TANH)).runInBatch(2, 0.3);
    }

    @Test
    void aStepFollowsTheDifferencesOfTheLoss() {
        TrainingSet images = Blobs.of(40, 7, 0.5);
        Nnh.Options options = Nnh.Options.DEFAULTS.with("gain", new InputGain(InputGain.Rule.FIXED, 1.3));
        Network network = new Nnh(options).network(images, 6, TrainingContext.quiet(1).random().stream("init"));

        new GradientCheck(network, new NetworkTwin(1.3, 0, NetworkTwin.TANH)).run(2);
    }

    @Test
    void aHiddenLayerMayBeWiderThanTheOutput() {
        UniformRandomProvider random = new RandomStreams(1).stream("init");
        Network network = Network.chain(
                1.3,
                List.of(
                        new Layer(Weights.glorot("W1", 9, 7, random), null, new Tanh()),
                        new Layer(Weights.glorot("W2", 4, 9, random), null, new Tanh())));

        new GradientCheck(network, new NetworkTwin(1.3, 0, NetworkTwin.TANH)).run(2);
    }
}
