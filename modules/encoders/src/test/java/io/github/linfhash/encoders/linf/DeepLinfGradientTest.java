package io.github.linfhash.encoders.linf;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.linf.DeepLinf.Options.BiasStart;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Initialization;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Neuron;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Scales;
import io.github.linfhash.encoders.training.GradientCheck;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.NetworkTwin;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepLinfGradientTest {
    private static final double GAIN = 0.7;

    @ParameterizedTest
    @CsvSource({
        "BLU, PER_STAGE, UNTIED, 2",
        "BLU, PER_STAGE, UNTIED, 1",
        "BLU, PER_STAGE, UNTIED, 4",
        "BLU, SHARED, UNTIED, 2",
        "BLU, FREE, UNTIED, 2",
        "BLU, PER_STAGE, TIED, 3",
        "BLU, SHARED, TIED, 2",
        "TANH, PER_STAGE, UNTIED, 2",
        "TANH, SHARED, TIED, 2",
        "TANH, FREE, UNTIED, 2"
    })
    void aStepFollowsTheDifferencesOfTheLoss(Neuron neuron, Scales scales, StageWeights weights, int stages) {
        NetworkTwin twin = twin(neuron, stages);

        new GradientCheck(network(options(neuron, scales, weights, stages)), twin).run(2);
    }

    @Test
    void aStepFollowsTheDifferencesOfTheLossAsPrinted() {
        Network network = network(options(Neuron.BLU, Scales.PER_STAGE, StageWeights.UNTIED, 2));

        new GradientCheck(network, twin(Neuron.BLU, 2), LossSign.PRINTED, 0).run(2);
    }

    @ParameterizedTest
    @CsvSource({"BLU, PER_STAGE, UNTIED", "TANH, FREE, UNTIED", "BLU, SHARED, TIED"})
    void aStepOfAllPairsOfABatchFollowsTheDifferencesOfTheLoss(Neuron neuron, Scales scales, StageWeights weights) {
        new GradientCheck(network(options(neuron, scales, weights, 2)), twin(neuron, 2)).runInBatch(2, 0.3);
    }

    @ParameterizedTest
    @CsvSource({"UNTIED, 2, 0.3, 0.4", "TIED, 2, 0.5, 0.8", "UNTIED, 1, 0.7, 0.2"})
    void thresholdsInBoxesFollowTheDifferencesOfTheLoss(
            StageWeights weights, int stages, double threshold, double lambda) {
        SparseLinf.Options options = SparseLinf.Options.DEFAULTS
                .with("gain", new InputGain(InputGain.Rule.FIXED, 4))
                .with("threshold", threshold)
                .with("lambda", lambda)
                .with("stages", stages)
                .with("stageWeights", weights)
                .with("initialization", Initialization.RANDOM)
                .with("training", TrainingOptions.DEFAULTS);
        FeatureMatrix images = GradientCheck.images(7);
        TrainingSet training = new TrainingSet(images, ClassLabels.of(new int[images.rows()]), images);
        Network network = new SparseLinf(options).network(training, 6, TrainingContext.quiet(1));

        new GradientCheck(network, new NetworkTwin(4, stages, NetworkTwin.SHELU)).runInBatch(2, 0.3);
    }

    private static NetworkTwin twin(Neuron neuron, int stages) {
        return new NetworkTwin(GAIN, stages, neuron == Neuron.BLU ? NetworkTwin.BLU : NetworkTwin.TANH);
    }

    private static DeepLinf.Options options(Neuron neuron, Scales scales, StageWeights weights, int stages) {
        return DeepLinf.Options.DEFAULTS
                .with("gain", new InputGain(InputGain.Rule.FIXED, GAIN))
                .with("lambda", 0.8)
                .with("scales", scales)
                .with("neuron", neuron)
                .with("stages", stages)
                .with("stageWeights", weights)
                .with("initialization", Initialization.RANDOM)
                .with("bias", BiasStart.ZERO);
    }

    private static Network network(DeepLinf.Options options) {
        FeatureMatrix images = GradientCheck.images(7);
        TrainingSet training = new TrainingSet(images, ClassLabels.of(new int[images.rows()]), images);
        return new DeepLinf(options).network(training, 6, TrainingContext.quiet(1));
    }
}
