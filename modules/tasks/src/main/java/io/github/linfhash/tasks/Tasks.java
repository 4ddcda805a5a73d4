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
import io.github.linfhash.protocols.split.Split;
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
 * Writes tasks, for methods in other programs: the preprocessed features of each seed and the labels of its training vectors, and
 * nothing that would reveal other labels.
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
     * Requires that a task can be created from a protocol.
     *
     * @throws InputException if its queries stay in the database
     */
    public static void requirePossible(Protocol protocol) {
        if (protocol.split().keepsQueries()) {
            throw new InputException("Protocol " + protocol.name()
                    + ": a task requires queries that are not in the database; choose another protocol");
        }
    }

    /** Returns the paths of all files that a task may contain, relative to its folder. */
    public static List<String> files(List<Long> seeds) {
        List<String> files = new ArrayList<>(List.of(Task.FILE, EXAMPLE));
        for (long seed : seeds) {
            List.of(TRAIN, LABELS, DATABASE, QUERIES, UNLABELED).forEach(name -> files.add(seed + "/" + name));
        }
        return files;
    }

    /**
     * Writes the folder of a task. {@value Task#FILE} is written last: a folder without it is incomplete.
     *
     * @throws InputException if the queries of the protocol stay in the database, or its data cannot be split
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
                Part part = Part.of(protocol, data, splits.draw(seed), seed);
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
     * The part of a task that belongs to one seed.
     *
     * @param labeled whether training vectors have labels
     */
    record Part(
            long seed,
            PreparedSplit split,
            TaskOrder order,
            @Nullable FeatureMatrix unlabeled,
            boolean labeled) {
        /** Prepares the part of a seed, whose split is drawn. */
        static Part of(Protocol protocol, FeatureData data, Split drawn, long seed) {
            PreparedSplit split = PreparedSplit.withoutNeighbors(protocol, data, drawn);
            FeatureMatrix unlabeled = split.training().unlabeled();
            return new Part(
                    seed,
                    split,
                    new TaskOrder(seed, split.queries().rows(), split.database().rows()),
                    unlabeled.equals(split.database()) ? null : unlabeled,
                    !protocol.unlabeled());
        }

        /**
         * Requires that a task has this part.
         *
         * @param sameFeatures whether the digests of features are compared, and not only those of labels
         * @throws InputException if a size or a digest in the task is another, or a digest is missing
         */
        void requireIn(Task task, boolean sameFeatures) {
            Task.Sizes found = task.sizesOf(seed);
            if (found.queries() != split.queries().rows()
                    || found.database() != split.database().rows()) {
                throw task.wrong(
                        split.queries().rows() + " queries and a database of "
                                + split.database().rows() + " rows for seed " + seed,
                        found.queries() + " and " + found.database());
            }
            eachInMemory((name, array) -> {
                String digest = task.files().getOrDefault(name, "none");
                if ((sameFeatures || name.endsWith(LABELS)) && !digest.equals(NpyFile.sha256(array))) {
                    throw task.wrong(
                            "for " + name + " the digest " + NpyFile.sha256(array) + ", as this program creates it",
                            digest);
                }
            });
        }

        /** Writes the arrays, and returns the SHA-256 of each by its path. */
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

        /** Creates one array after another, as all of them take several times the memory of the features. */
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
