package io.github.linfhash.encoders.generic;

import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.GradientCheck;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkTwin;
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
}
