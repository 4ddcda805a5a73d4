package io.github.linfhash.opencl.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.NetworkForm.Neuron;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;

/** Trainings of odd sizes, which fill no tile, for tests. */
final class SmallTrainings {
    static final int ROWS = 80;
    static final int INPUTS = 37;
    static final int UNITS = 19;
    static final int IMAGES = 33;
    static final int STEPS = 5;

    private SmallTrainings() {}

    /** The device of this machine; without one, the test is skipped and says why. */
    static OpenClDevice device() {
        OpenClDevices found = OpenClDevices.find();
        assumeTrue(found.fault() == null, () -> "no OpenCL device: " + found.fault());
        assumeTrue(
                found.devices().stream().anyMatch(device -> device.fault() == null),
                () -> "no OpenCL device that can be used: " + found.devices());
        return found.best();
    }

    /** One form of each kind that kernels tell apart. */
    static Stream<NetworkForm> forms() {
        return Stream.of(
                new NetworkForm(Neuron.BOUNDED, false, INPUTS, UNITS, 2, false, false, true),
                new NetworkForm(Neuron.BOUNDED, false, INPUTS, UNITS, 3, true, false, true),
                new NetworkForm(Neuron.THRESHOLD, false, INPUTS, UNITS, 2, false, true, true),
                new NetworkForm(Neuron.THRESHOLD, false, INPUTS, UNITS, 2, true, false, false),
                new NetworkForm(Neuron.TANH, true, INPUTS, UNITS, 2, false, true, true),
                new NetworkForm(Neuron.TANH, true, INPUTS, UNITS, 2, false, false, false));
    }

    /** 80 rows in 5 classes, some of them copies of others. */
    static Examples examples(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("examples");
        float[] values = new float[ROWS * INPUTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() - 0.5 + 0.3 * Math.sin(i % INPUTS * (i / INPUTS % 5 + 1)));
        }
        for (int copy = 1; copy < 20; copy += 3) {
            System.arraycopy(values, 0, values, copy * INPUTS, INPUTS);
        }
        return new Examples(FeatureMatrix.owning(ROWS, INPUTS, values), (i, j) -> i % 5 == j % 5);
    }

    static Training training(NetworkForm form, Training.Rule rule, Examples examples, long seed) {
        return training(form, rule, examples, seed, new Training.Schedule(3, STEPS, IMAGES, 2));
    }

    /** A training whose options depend on its seed. */
    static Training training(
            NetworkForm form, Training.Rule rule, Examples examples, long seed, Training.Schedule schedule) {
        UniformRandomProvider random = new RandomStreams(seed).stream("start");
        float[] start = new float[form.size()];
        int scales = form.neuron().scaled() ? (form.stages() + 1) * form.units() : 0;
        for (int i = 0; i < start.length; i++) {
            double wide = i < form.units() * form.inputs() ? 0.6 : 0.25;
            start[i] = (float)
                    (i >= start.length - scales
                            ? Math.log(0.2 + 0.3 * random.nextDouble())
                            : wide * (2 * random.nextDouble() - 1));
        }
        RandomStreams streams = new RandomStreams(seed);
        double tanh = form.neuron() == Neuron.THRESHOLD && form.inputBias() ? 1.5 + seed % 3 : 0;
        return new Training(
                form,
                0.7 + 0.1 * (seed % 4),
                tanh,
                ModelArray.floats(start, start.length),
                examples,
                new Training.Loss(5, seed % 7 == 6 ? -1 : 1, 0.3, form.inputBias() ? 0.01 : 0),
                new Training.Descent(rule, 0.01 + 0.001 * (seed % 5), 0.05, 0.02),
                schedule,
                new Training.Draws(streams.counter("batches"), streams.counter("dropout"), 0.1 * (seed % 5)));
    }

    static List<Training> trainings(NetworkForm form, int count) {
        List<Examples> both = List.of(examples(1), examples(2));
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> training(
                        form,
                        Training.Rule.ADAM,
                        both.get(i % 2),
                        i,
                        new Training.Schedule(1 + i % 3, STEPS, IMAGES, 1 + i % 2)))
                .toList();
    }
}
