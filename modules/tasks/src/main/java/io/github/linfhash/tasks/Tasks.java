package io.github.linfhash.tasks;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands a protocol out to those who want to make codes with a program of their own: the preprocessed features of each seed, the labels
 * of its training rows, and nothing else that is known of the rows.
 */
public final class Tasks {
    /** The example in the folder of a task. */
    public static final String EXAMPLE = "example.py";

    private static final String TRAIN = "train_features.npy";
    private static final String LABELS = "train_labels.npy";
    private static final String DATABASE = "database_features.npy";
    private static final String QUERIES = "query_features.npy";
    private static final String UNLABELED = "unlabeled_features.npy";

    private Tasks() {}

    /**
     * Requires that a protocol can be handed out.
     *
     * @throws InputException if its queries stay in the database
     */
    public static void requirePossible(Protocol protocol) {
        if (protocol.split().keepsQueries()) {
            throw new InputException("Protocol " + protocol.name()
                    + ": a task requires queries that are not in the database; choose another protocol");
        }
    }

    /** The paths of all files that a task may have, below its folder. */
    public static List<String> files(List<Long> seeds) {
        List<String> files = new ArrayList<>(List.of(Task.FILE, EXAMPLE));
        for (long seed : seeds) {
            List.of(TRAIN, LABELS, DATABASE, QUERIES, UNLABELED).forEach(name -> files.add(seed + "/" + name));
        }
        return files;
    }

    /**
     * Writes the folder of a task; {@value Task#FILE} comes last, so that a folder without it is not whole.
     *
     * @throws InputException if the protocol cannot be handed out, or its rows cannot be split
     * @throws IOException if a file cannot be written
     */
    public static Task handOut(
            Protocol protocol, FeatureData data, List<Integer> bits, List<Long> seeds, Path folder, Progress progress)
            throws IOException {
        requirePossible(protocol);
        Splits splits = data.splits(protocol);
        Map<Long, Task.Sizes> sizes = new TreeMap<>();
        Map<String, String> digests = new LinkedHashMap<>();
        Files.deleteIfExists(folder.resolve(Task.FILE));
        try (Progress.Task task = progress.begin("creating the task, seeds: " + seeds.size(), seeds.size())) {
            for (long seed : seeds) {
                Part part = Part.of(protocol, data, splits, seed);
                sizes.put(seed, part.sizes());
                digests.putAll(part.write(folder));
                task.advance(1);
            }
        }
        AtomicFiles.write(folder.resolve(EXAMPLE), example());
        Task task = new Task(
                Task.SCHEMA,
                protocol.name(),
                protocol.title(),
                protocol.hash(),
                data.dataset().hash(),
                data.features().hash(),
                data.raw().dimension(),
                bits,
                List.copyOf(sizes.keySet()),
                sizes,
                Task.ALLOWED,
                digests);
        AtomicFiles.write(folder.resolve(Task.FILE), task.text());
        return task;
    }

    private static AtomicFiles.Content example() {
        return out -> {
            try (InputStream in = Objects.requireNonNull(Tasks.class.getResourceAsStream(EXAMPLE), EXAMPLE)) {
                in.transferTo(out);
            }
        };
    }

    /**
     * Holds the digests of a task against what would be handed out now.
     *
     * @return what a reader should know, where only the last bits of features are others; else empty
     * @throws InputException if a digest is another, or missing
     */
    static List<String> check(Task task, Protocol protocol, FeatureData data, Splits splits) {
        boolean sameFeatures = task.featuresHash().equals(data.features().hash());
        Map<String, String> expected = new LinkedHashMap<>();
        for (long seed : task.seeds()) {
            Part part = Part.of(protocol, data, splits, seed);
            part.eachInMemory((name, array) -> {
                if (sameFeatures || name.endsWith(LABELS)) {
                    expected.put(name, NpyFile.sha256(array));
                }
            });
        }
        for (Map.Entry<String, String> file : expected.entrySet()) {
            String found = task.files().getOrDefault(file.getKey(), "none");
            if (!found.equals(file.getValue())) {
                throw task.wrong(
                        "for " + file.getKey() + " the digest " + file.getValue() + ", as this program creates it",
                        found);
            }
        }
        return sameFeatures
                ? List.of()
                : List.of(
                        "this machine computes other features from the same data, for example because of another Java version:"
                                + " the digests of the features were not compared");
    }

    /** The part of a task that belongs to one seed. */
    private record Part(
            long seed,
            PreparedSplit split,
            TaskOrder order,
            @Nullable FeatureMatrix unlabeled,
            boolean labeled) {
        static Part of(Protocol protocol, FeatureData data, Splits splits, long seed) {
            PreparedSplit split = PreparedSplit.withoutNeighbors(protocol, data, splits.draw(seed));
            FeatureMatrix unlabeled = split.training().unlabeled();
            return new Part(
                    seed,
                    split,
                    new TaskOrder(seed, split.queries().rows(), split.database().rows()),
                    unlabeled.equals(split.database()) ? null : unlabeled,
                    !protocol.unlabeled());
        }

        /** Writes the arrays, and gives the digest of each. */
        Map<String, String> write(Path folder) throws IOException {
            Map<String, String> digests = new LinkedHashMap<>();
            each((name, array) -> {
                NpyFile.write(folder.resolve(name), array);
                digests.put(name, NpyFile.sha256(array));
            });
            return digests;
        }

        Task.Sizes sizes() {
            return new Task.Sizes(
                    split.training().labeled().rows(),
                    split.queries().rows(),
                    split.database().rows(),
                    unlabeled == null ? null : unlabeled.rows());
        }

        @FunctionalInterface
        interface Use<E extends Exception> {
            void use(String name, NpyArray array) throws E;
        }

        void eachInMemory(Use<RuntimeException> use) {
            each(use);
        }

        /** One array after another, as together they take several times the memory of the features. */
        <E extends Exception> void each(Use<E> use) throws E {
            FeatureMatrix training = split.training().labeled();
            int[] places = TaskOrder.drawn(seed, "training", training.rows());
            use.use(seed + "/" + TRAIN, FeatureArrays.toArray(training.select(places)));
            if (labeled) {
                use.use(
                        seed + "/" + LABELS,
                        LabelArrays.toArray(split.training().labels().select(places)));
            }
            use.use(
                    seed + "/" + DATABASE,
                    FeatureArrays.toArray(split.database().select(order.database())));
            use.use(seed + "/" + QUERIES, FeatureArrays.toArray(split.queries().select(order.queries())));
            if (unlabeled != null) {
                int[] others = TaskOrder.drawn(seed, "unlabelled", unlabeled.rows());
                use.use(seed + "/" + UNLABELED, FeatureArrays.toArray(unlabeled.select(others)));
            }
        }
    }
}
