package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.training.SiameseTrainer.MeanWeights;

import io.github.linfhash.encoders.training.SiameseTrainer.InBatchSteps;

import io.github.linfhash.encoders.training.SiameseTrainer.Steps;

import io.github.linfhash.encoders.backend.Training.Trained;

import io.github.linfhash.encoders.training.ContrastiveLoss.InBatchLoss;

import io.github.linfhash.encoders.training.BatchSampler.InputDropout;

import io.github.linfhash.encoders.training.TrainingOptions.LossSign;

import io.github.linfhash.encoders.layers.Optimizer.Decay;

import io.github.linfhash.encoders.algebra.TensorBackend;


import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedLinear;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.SquashedActivation;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.training.SiameseTrainings.PlainNetwork;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.TrainingBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        Network network = training.form().chain() ? chain(training) : unfolded(training);
        PlainNetwork.assign(network, training.start().floats());
        Training.Descent descent = training.descent();
        Training.Schedule schedule = training.schedule();
        Optimizer optimizer = Optimizer.Kind.valueOf(descent.rule().name())
                .create(descent.rate(), new Decay(descent.firstDecay(), descent.laterDecay()));
        Steps steps = steps(training, network);
        MeanWeights mean = new MeanWeights(network);
        List<Double> losses = new ArrayList<>();
        for (int epoch = 1; epoch <= schedule.epochs(); epoch++) {
            double sum = 0;
            for (int step = 0; step < steps.count(); step++) {
                sum += steps.step(epoch, step, optimizer);
            }
            losses.add(sum / steps.count());
            if (epoch > schedule.epochs() - schedule.averagedEpochs() && schedule.averagedEpochs() > 1) {
                mean.add();
            }
            task.advance(1);
        }
        mean.assign();
        return new Trained(PlainNetwork.values(network), losses);
    }

    private static Network chain(Training training) {
        NetworkForm form = training.form();
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k <= form.stages(); k++) {
            Weights weights = new Weights("W" + (k + 1), form.units(), k == 0 ? form.inputs() : form.units());
            layers.add(new Layer(weights, bias(form, k + 1, form.inputBias()), new Tanh()));
        }
        return Network.chain(training.gain(), layers);
    }

    private static Network unfolded(Training training) {
        NetworkForm form = training.form();
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k <= form.stages(); k++) {
            ActivationLayer activation = form.neuron() == NetworkForm.Neuron.BOUNDED
                    ? new BoundedLinear("rho" + (k + 1), form.units(), 1)
                    : new SoftThreshold("rho" + (k + 1), form.units(), 1);
            if (k == form.stages() && training.outputTanh() > 0) {
                activation = new SquashedActivation(training.outputTanh(), activation);
            }
            if (k > 1 && form.tied()) {
                layers.add(new Layer(layers.get(1).weights(), layers.get(1).bias(), activation));
            } else {
                Weights weights = new Weights(k == 0 ? "W" : "S" + k, form.units(), k == 0 ? form.inputs() : form.units());
                layers.add(new Layer(
                        weights, bias(form, k, k == 0 ? form.inputBias() : form.stageBiases()), activation));
            }
        }
        return Network.unfolded(training.gain(), layers);
    }

    private static @Nullable UnitParameter bias(NetworkForm form, int number, boolean there) {
        return there ? new UnitParameter("b" + number, form.units(), 0) : null;
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
