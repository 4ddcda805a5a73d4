package io.github.linfhash.opencl.device;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import io.github.linfhash.encoders.backend.Training.Trained;
import io.github.linfhash.encoders.backend.TrainingBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Trains on an OpenCL device: networks of one form side by side, as many as its memory holds. A network's result depends on
 * the device and its driver, not on the others.
 */
public record OpenClTrainer(OpenClDevice device) implements TrainingBackend {
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_MODELS = 4096;
    private static final double SHARE_OF_MEMORY = 0.6;

    @Override
    public String describe() {
        return device.describe();
    }

    /** The parts of a training that one program is compiled for. */
    private record Key(NetworkForm form, int images, int steps, Training.Rule rule) {
        static Key of(Training training) {
            return new Key(
                    training.form(),
                    training.schedule().images(),
                    training.schedule().steps(),
                    training.descent().rule());
        }
    }

    @Override
    public List<Trained> train(List<Training> trainings, Progress progress) {
        trainings.forEach(OpenClTrainer::requirePossible);
        Map<Key, List<Integer>> byKey = new LinkedHashMap<>();
        // Those that last longest come first, so that whoever has ended stands behind all others.
        IntStream.range(0, trainings.size())
                .boxed()
                .sorted(Comparator.comparing(
                        index -> -trainings.get(index).schedule().epochs()))
                .forEach(index -> byKey.computeIfAbsent(Key.of(trainings.get(index)), unused -> new ArrayList<>())
                        .add(index));
        Map<Integer, Trained> done = new LinkedHashMap<>();
        long epochs = trainings.stream()
                .mapToLong(training -> training.schedule().epochs())
                .sum();
        try (Progress.Task task = progress.begin(trainings.size() + " trainings on " + device.name(), epochs)) {
            byKey.values().forEach(indices -> trainAlike(trainings, indices, done, task));
        }
        return IntStream.range(0, trainings.size()).mapToObj(done::get).toList();
    }

    private static void requirePossible(Training training) {
        if (training.schedule().images() > MOST_IMAGES) {
            throw new InputException("--device opencl: expected at most " + MOST_IMAGES
                    + " images a batch (training.batch.images), found "
                    + training.schedule().images());
        }
        if (training.examples().rows() > MOST_ROWS) {
            throw new InputException("--device opencl: expected at most " + MOST_ROWS + " training images, found "
                    + training.examples().rows());
        }
    }

    private void trainAlike(
            List<Training> trainings, List<Integer> indices, Map<Integer, Trained> done, Progress.Task task) {
        for (int from = 0; from < indices.size(); ) {
            int to = from + most(trainings, indices.subList(from, indices.size()));
            List<Integer> some = indices.subList(from, to);
            try (TrainingGroup group =
                    new TrainingGroup(device, some.stream().map(trainings::get).toList())) {
                List<Trained> trained = group.train(task);
                for (int k = 0; k < some.size(); k++) {
                    done.put(some.get(k), trained.get(k));
                }
            }
            from = to;
        }
    }

    /** How many of the first trainings fit into the device's memory together, at least one. */
    private int most(List<Training> trainings, List<Integer> indices) {
        long allowed = (long) (SHARE_OF_MEMORY * device.memory());
        long used = 0;
        Set<Examples> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        int count = 0;
        for (int index : indices) {
            Training training = trainings.get(index);
            Examples examples = training.examples();
            long words = (examples.rows() + 31L) / 32;
            used += TrainingGroup.bytesOfModel(training);
            used += shared.add(examples)
                    ? 4L * examples.rows() * (training.form().inputs() + words + 1)
                    : 0;
            long longest = TrainingGroup.longestOfModel(training) * (count + 1);
            boolean fits = used <= allowed && Float.BYTES * longest <= device.largest() && longest <= Integer.MAX_VALUE;
            if (!fits && count == 0) {
                throw new InputException("--device opencl: one training needs " + used + " bytes, and " + device.name()
                        + " has " + device.memory());
            }
            if (!fits || count == MOST_MODELS) {
                return count;
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        // Each group of trainings frees its own arrays.
    }
}
