package io.github.linfhash.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import io.github.linfhash.encoders.backend.TrainingBackend;
import io.github.linfhash.opencl.device.OpenClDevices;
import io.github.linfhash.opencl.device.OpenClTrainer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Steps of all models a second on the best OpenCL device: {@code ModelSteps MODELS...}. A step is one of the deep l-infinity encoder
 * of 48 bits, two stages and 384 inputs, with Adam on all pairs of 128 of 2,000 images and dropout of inputs. Each line is measured after
 * one training for warming up, which compiles kernels.
 */
public final class ModelSteps {
    private static final int BITS = 48;
    private static final int STEPS = 50;
    private static final double LEAST_SECONDS = 3;

    private ModelSteps() {}

    /** Prints a line for each number of models. */
    public static void main(String[] words) {
        try (TrainingBackend backend = new OpenClTrainer(OpenClDevices.find().best())) {
            System.out.println(backend.describe());
            for (String word : words) {
                int models = Integer.parseInt(word);
                Rate rate = rate(backend, models);
                System.out.printf(
                        Locale.ROOT,
                        "%d models: %.0f model-steps a second, %.0f a second of one processor%n",
                        models,
                        rate.perSecond(),
                        rate.perProcessorSecond());
            }
        }
    }

    /**
     * How many model-steps there are.
     *
     * @param perSecond in a second by the clock
     * @param perProcessorSecond in a second of this process on one processor, which other processes hardly touch
     */
    private record Rate(double perSecond, double perProcessorSecond) {}

    /** Trains for longer and longer, until a training lasts long enough to be timed. */
    private static Rate rate(TrainingBackend backend, int models) {
        seconds(backend, models, 1);
        for (int epochs = 1; ; epochs *= 2) {
            double before = processorSeconds();
            double seconds = seconds(backend, models, epochs);
            double processor = processorSeconds() - before;
            if (seconds >= LEAST_SECONDS) {
                double steps = (double) models * epochs * STEPS;
                return new Rate(steps / seconds, steps / processor);
            }
        }
    }

    private static double processorSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static double seconds(TrainingBackend backend, int models, int epochs) {
        TrainingSet images = TrainedEncoder.images();
        Examples examples =
                new Examples(images.labeled(), (i, j) -> images.labels().similar(i, images.labels(), j));
        List<Training> trainings = IntStream.range(0, models)
                .mapToObj(seed -> training(examples, seed, epochs))
                .toList();
        long start = System.nanoTime();
        backend.train(trainings, Progress.NONE);
        return (System.nanoTime() - start) / 1e9;
    }

    private static Training training(Examples examples, int seed, int epochs) {
        NetworkForm form = new NetworkForm(
                NetworkForm.Neuron.BOUNDED, false, examples.features().dimension(), BITS, 2, false, false, true);
        RandomStreams streams = new RandomStreams(seed);
        UniformRandomProvider random = streams.stream("start");
        float[] start = new float[form.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = 0.2f * (random.nextFloat() - 0.5f);
        }
        return new Training(
                form,
                1,
                0,
                ModelArray.floats(start, start.length),
                examples,
                new Training.Loss(5, 1, 0.25, 0),
                new Training.Descent(Training.Rule.ADAM, 0.003, 0.01, 0.01),
                new Training.Schedule(epochs, STEPS, 128, 1),
                new Training.Draws(streams.counter("batches"), streams.counter("dropout"), 0.4));
    }
}
