package io.github.linfhash.opencl.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.evaluation.HammingScan;
import io.github.linfhash.core.evaluation.RankMetrics;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Trained;
import io.github.linfhash.encoders.backend.TrainingBackend;
import io.github.linfhash.encoders.generic.Nnh;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.linf.DeepLinf;
import io.github.linfhash.encoders.lista.Snnh;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.encoders.training.CpuTrainer;
import io.github.linfhash.encoders.training.InputGain;
import io.github.linfhash.encoders.training.LossKind;
import io.github.linfhash.encoders.training.SiameseMethod;
import io.github.linfhash.encoders.training.SiameseTrainings;
import io.github.linfhash.encoders.training.SiameseTrainings.Ended;
import io.github.linfhash.encoders.training.SiameseTrainings.Job;
import io.github.linfhash.encoders.training.TrainingOptions;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings that a backend carries out together, beside the same trainings one by one. */
final class SiameseTrainingsTest {
    private static final int BITS = 24;
    private static final TrainingSet IMAGES = Blobs.of(240, 60, 0.9);

    /** The options of the tuned rows of protocol cifar10 at 48 bits, for 100 steps. */
    static Stream<SiameseMethod> tuned() {
        return Stream.of(
                linf(StageWeights.UNTIED, 2, 0.0263), linf(StageWeights.TIED, 3, 0.0263), nnh(0.00785), snnh(0.00737));
    }

    private static SiameseMethod linf(StageWeights weights, int stages, double rate) {
        DeepLinf.Options d = DeepLinf.Options.RECOMMENDED;
        return new DeepLinf(d.with("gain", new InputGain(InputGain.Rule.FIXED, 0.225))
                .with("lambda", 0.197)
                .with("stages", stages)
                .with("stageWeights", weights)
                .with("training", training(Optimizer.Kind.ADAM, rate, 0.119, 0.107, 0.269, 0.714, 4, 0)));
    }

    private static SiameseMethod nnh(double rate) {
        return new Nnh(Nnh.Options.RECOMMENDED
                .with("gain", new InputGain(InputGain.Rule.FIXED, 0.318))
                .with("training", training(Optimizer.Kind.ADAM, rate, 0.00645, 0.0539, 0.177, 0.217, 4, 0)));
    }

    private static SiameseMethod snnh(double rate) {
        return snnh(
                new InputGain(InputGain.Rule.FIXED, 0.29),
                1,
                training(Optimizer.Kind.ADAM, rate, 0.00057, 0.000851, 0.285, 0.469, 4, 0.00665));
    }

    private static SiameseMethod snnh(InputGain gain, double outputTanh, TrainingOptions training) {
        Snnh.Options d = Snnh.Options.RECOMMENDED;
        return new Snnh(d.with("gain", gain)
                .with("threshold", 0.874)
                .with("outputTanh", outputTanh)
                .with("training", training));
    }

    private static TrainingOptions training(
            Optimizer.Kind optimizer,
            double rate,
            double firstDecay,
            double laterDecay,
            double share,
            double dropout,
            int averaged,
            double sparsity) {
        return TrainingOptions.RECOMMENDED
                .with("averagedEpochs", averaged)
                .with("inputDropout", dropout)
                .with("firstDecay", firstDecay)
                .with("laterDecay", laterDecay)
                .with("learningRate", rate)
                .with("epochs", 5)
                .with("pairsPerEpoch", 128)
                .with("similarShare", share)
                .with("batch", new BatchOptions(128, 0, 20))
                .with("optimizer", optimizer)
                .with("sparsityPenalty", sparsity);
    }

    private static Job job(SiameseMethod method, long seed) {
        return new Job(method, IMAGES, BITS, TrainingContext.quiet(seed));
    }

    private static double[] losses(HashFunction function) {
        return Objects.requireNonNull(function.curves().get("loss"));
    }

    @ParameterizedTest
    @MethodSource("tuned")
    void theCpuBackendEndsWithTheWeightsOfTheTrainerToTheLastBit(SiameseMethod method) {
        HashFunction alone = method.train(IMAGES, BITS, TrainingContext.quiet(3));

        List<Ended> together;
        try (CpuTrainer backend = new CpuTrainer()) {
            together = new SiameseTrainings(backend).train(List.of(job(method, 2), job(method, 3)), Progress.NONE);
        }

        assertThat(together.get(1).function().state()).isEqualTo(alone.state());
        assertThat(losses(together.get(1).function())).isEqualTo(losses(alone));
        assertThat(together.get(0).function().state()).isNotEqualTo(alone.state());
    }

    /** Returns the methods of {@link #tuned} at rates at which rounding grows to at most 1e-5 under the kernels Haswell, Zen and Sandybridge. */
    static Stream<SiameseMethod> calm() {
        return Stream.of(
                linf(StageWeights.UNTIED, 2, 0.0003), linf(StageWeights.TIED, 3, 0.001), nnh(0.001), snnh(0.0003));
    }

    @ParameterizedTest
    @MethodSource("calm")
    void onOpenClLossesAreThoseOfTheCpu(SiameseMethod method) {
        List<Job> jobs = List.of(job(method, 1), job(method, 2), job(method, 3));
        try (TrainingBackend cpu = new CpuTrainer();
                TrainingBackend device = openCl()) {
            List<Ended> expected = new SiameseTrainings(cpu).train(jobs, Progress.NONE);
            List<Ended> found = new SiameseTrainings(device).train(jobs, Progress.NONE);
            for (int k = 0; k < jobs.size(); k++) {
                assertThat(apart(found.get(k), expected.get(k)))
                        .as("seed %d", k + 1)
                        .isLessThan(1e-4);
            }
        }
    }

    /**
     * At the rates of the tuned rows a difference in the last bit grows, for clipping has kinks and Adam's first steps follow
     * the sign of a gradient. A device is then as far from the CPU as the CPU is from itself where its start differs in last bits.
     */
    @ParameterizedTest
    @MethodSource("tuned")
    void atTheTunedRatesADeviceIsAsNearAsTheCpuIsToItself(SiameseMethod method) {
        List<Job> jobs = List.of(job(method, 1), job(method, 2), job(method, 3));
        try (TrainingBackend cpu = new CpuTrainer();
                TrainingBackend device = openCl()) {
            List<Ended> expected = new SiameseTrainings(cpu).train(jobs, Progress.NONE);
            List<Ended> found = new SiameseTrainings(device).train(jobs, Progress.NONE);
            List<Ended> beside = new SiameseTrainings(new InLastBits(cpu)).train(jobs, Progress.NONE);
            double largest = 0;
            for (int k = 0; k < jobs.size(); k++) {
                largest = Math.max(largest, apart(beside.get(k), expected.get(k)));
            }
            for (int k = 0; k < jobs.size(); k++) {
                assertThat(apart(found.get(k), expected.get(k))).isLessThan(1e-4 + 5 * largest);
                assertThat(map(found.get(k).function()))
                        .isCloseTo(map(expected.get(k).function()), within(0.02));
            }
        }
    }

    /** The largest relative difference of the losses of an epoch. */
    private static double apart(Ended found, Ended expected) {
        double[] there = losses(found.function());
        double[] here = losses(expected.function());
        assertThat(there).hasSameSizeAs(here).hasSize(5);
        return IntStream.range(0, here.length)
                .mapToDouble(epoch -> Math.abs(there[epoch] - here[epoch]) / here[epoch])
                .max()
                .orElseThrow();
    }

    /** Trains from values every other of which is the next float32. */
    private record InLastBits(TrainingBackend backend) implements TrainingBackend {
        @Override
        public String describe() {
            return backend.describe();
        }

        @Override
        public List<Trained> train(List<Training> trainings, Progress progress) {
            return backend.train(trainings.stream().map(InLastBits::moved).toList(), progress);
        }

        private static Training moved(Training one) {
            float[] start = one.start().floats();
            for (int i = 0; i < start.length; i += 2) {
                start[i] = Math.nextUp(start[i]);
            }
            return new Training(
                    one.form(),
                    one.gain(),
                    one.outputTanh(),
                    ModelArray.floats(start, start.length),
                    one.examples(),
                    one.loss(),
                    one.descent(),
                    one.schedule(),
                    one.draws());
        }

        @Override
        public void close() {
            backend.close();
        }
    }

    private static double map(HashFunction function) {
        BinaryCodes codes = function.encode(IMAGES.labeled());
        Relevance relevance = Relevance.bySimilarLabels(IMAGES.labels(), IMAGES.labels());
        return new RankMetrics(HammingScan.scan(codes, codes, relevance)).map();
    }

    private static TrainingBackend openCl() {
        OpenClDevices found = OpenClDevices.find();
        assumeTrue(found.fault() == null, () -> "no OpenCL device: " + found.fault());
        return new OpenClTrainer(found.best());
    }

    @Test
    void aTrainingThatDivergesSaysSoAndLeavesTheOthersAlone() {
        TrainingOptions wild = training(Optimizer.Kind.SGD, 1e30, 0, 0, 0.3, 0, 1, 0);
        SiameseMethod diverging = snnh(new InputGain(InputGain.Rule.FIXED, 3), 0, wild);
        try (TrainingBackend device = openCl()) {
            List<Ended> ended =
                    new SiameseTrainings(device).train(List.of(job(diverging, 1), job(snnh(0.001), 1)), Progress.NONE);
            assertThatThrownBy(() -> ended.get(0).function())
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("Training snnh diverged: in epoch 1 of 5");
            assertThat(losses(ended.get(1).function())).hasSize(5);
        }
    }

    @Test
    void optionsThatABackendDoesNotKnowAreNamed() {
        Map<SiameseMethod, String> obstacles = Map.of(
                new Nnh(Nnh.Options.DEFAULTS),
                "training.pairs is fixed-list instead of in-batch",
                new Nnh(Nnh.Options.RECOMMENDED.with("training.loss", LossKind.DCH)),
                "training.loss is dch instead of contrastive",
                free(),
                "scales: free");
        obstacles.forEach((method, reason) ->
                assertThat(SiameseTrainings.obstacle(method)).hasValue(reason));
        tuned().forEach(method -> assertThat(SiameseTrainings.obstacle(method)).isEmpty());
    }

    private static SiameseMethod free() {
        DeepLinf.Options d = DeepLinf.Options.RECOMMENDED;
        return new DeepLinf(d.with("scales", DeepLinf.Options.Scales.FREE));
    }
}
