package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.algebra.TensorBackend;


import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.layers.Decay;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.PlainNetwork;
import io.github.linfhash.encoders.trainings.Trained;
import io.github.linfhash.encoders.trainings.Training;
import io.github.linfhash.encoders.trainings.TrainingBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Trains on ND4J, one network after another on each core, by the steps of {@link SiameseTrainer}: it ends with the same values to
 * the last bit. A product over all networks at once would be another product with other last bits, and that of one network keeps a core
 * busy.
 */
public final class CpuTrainer implements TrainingBackend {
    @Override
    public String describe() {
        return TensorBackend.describe();
    }

    @Override
    public List<Trained> train(List<Training> trainings, Progress progress) {
        TensorBackend.requireUsable();
        long epochs = trainings.stream()
                .mapToLong(training -> training.schedule().epochs())
                .sum();
        try (Progress.Task task = progress.begin(trainings.size() + " trainings", epochs)) {
            return trainings.parallelStream()
                    .map(training -> train(training, task))
                    .toList();
        }
    }

    private static Trained train(Training training, Progress.Task task) {
        PlainNetwork plain = new PlainNetwork(training.form(), training.gain(), training.outputTanh());
        Network network = plain.network(training.start().floats());
        Training.Descent descent = training.descent();
        Training.Schedule schedule = training.schedule();
        Optimizer optimizer = OptimizerKind.valueOf(descent.rule().name())
                .create(descent.rate(), new Decay(descent.firstDecay(), descent.laterDecay()));
        Steps steps = steps(training, network);
        TrainingState state = new TrainingState();
        for (int epoch = 1; epoch <= schedule.epochs(); epoch++) {
            double sum = 0;
            for (int step = 0; step < steps.count(); step++) {
                sum += steps.step(epoch, step, optimizer);
            }
            state.finishEpoch(Map.of("loss", sum / steps.count()), network.parameters());
            if (epoch > schedule.epochs() - schedule.averagedEpochs() && schedule.averagedEpochs() > 1) {
                state.addToMean();
            }
            task.advance(1);
        }
        state.restoreMean(network.parameters());
        double[] losses = state.curves().getOrDefault("loss", new double[0]);
        return new Trained(
                PlainNetwork.values(network), Arrays.stream(losses).boxed().toList());
    }

    private static Steps steps(Training training, Network network) {
        Training.Loss loss = training.loss();
        FeatureMatrix features = training.examples().features();
        LossSign sign = loss.sign() > 0 ? LossSign.CORRECTED : LossSign.PRINTED;
        return new InBatchSteps(
                network,
                features,
                new BatchSampler(
                        training.examples().rows(),
                        training.schedule().images(),
                        training.draws().batches()),
                images -> new InBatchLoss(
                                new ContrastiveLoss(loss.margin(), sign, loss.sparsity()),
                                loss.similarShare(),
                                network.outputs(),
                                images)
                        .over(new BatchPairs(features, training.examples().relation()::similar, images)),
                new InputDropout(training.draws().share(), training.draws().dropout()),
                training.schedule().steps());
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
