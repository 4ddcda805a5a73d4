package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of a comparison's output folder before it is opened. Results are continued and never replaced by those of another protocol or of other
 * data, and a folder of something else is left alone.
 */
public final class ExistingResults {
    private static final String ADVICE = "; choose another folder with --out, or remove this one";

    private ExistingResults() {}

    /**
     * The protocol of the results in a folder; empty if it has none, or none that can be read.
     *
     * @throws InputException if they are of an older schema, so that they are not taken for none and replaced
     */
    public static Optional<ProtocolSummary> protocol(Path folder) throws IOException {
        Path file = folder.resolve(ResultsJson.FILE);
        if (Files.isRegularFile(file)) {
            ResultsJson.requireCurrent(file);
        }
        Optional<ProtocolSummary> results = read(file);
        if (results.isPresent()) {
            return results;
        }
        for (Path run : runs(folder)) {
            Optional<ProtocolSummary> held = read(run);
            if (held.isPresent()) {
                return held;
            }
        }
        return Optional.empty();
    }

    /**
     * Requires that a folder holds no results of another protocol. Called before the data are read.
     *
     * @throws InputException if it does
     */
    public static void requireOf(Path folder, Protocol protocol) throws IOException {
        requireRules(folder, protocol.name(), protocol.hash());
    }

    /**
     * Requires that a folder holds no results of another protocol or of other data.
     *
     * @throws InputException if it does
     */
    public static void requireOf(Path folder, ProtocolSummary protocol) throws IOException {
        requireRules(folder, protocol.name(), protocol.hash());
        requireOf(folder, protocol.dataset());
    }

    private static void requireRules(Path folder, String name, String hash) throws IOException {
        Optional<ProtocolSummary> held = protocol(folder);
        if (held.isEmpty()) {
            return;
        }
        String there = held.get().name();
        if (!there.equals(name)) {
            throw other(folder, "the protocol " + name, "those of " + there);
        }
        if (!held.get().hash().equals(hash)) {
            throw other(
                    folder,
                    "the protocol " + name + " with hash " + shown(hash),
                    "those of " + name + " with other rules, hash "
                            + shown(held.get().hash()));
        }
    }

    /**
     * Requires that a folder holds no results of other data. Called when the data have been read, before anything is
     * computed from them.
     *
     * @throws InputException if it does
     */
    public static void requireOf(Path folder, DatasetSummary data) throws IOException {
        Optional<ProtocolSummary> held = protocol(folder);
        if (held.isPresent() && !held.get().dataset().hash().equals(data.hash())) {
            DatasetSummary before = held.get().dataset();
            throw other(
                    folder,
                    data.name() + " with hash " + shown(data.hash()),
                    "those of other data, " + before.name() + " with hash " + shown(before.hash()));
        }
    }

    /**
     * Requires that a folder that the user named is new or empty, or holds results.
     *
     * @throws InputException if it holds something else
     */
    public static void requireKind(Path folder) throws IOException {
        if (!Files.isDirectory(folder)
                || Files.isDirectory(folder.resolve(OutputFolder.RUNS))
                || protocol(folder).isPresent()) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            Optional<String> stranger = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("lost+found"))
                    .sorted()
                    .findFirst();
            if (stranger.isPresent()) {
                throw new InputException(
                        "output folder " + folder + ": expected a new or empty one, or one with results,"
                                + " found one with other files (" + stranger.get() + ")");
            }
        }
    }

    private static InputException other(Path folder, String expected, String found) {
        return new InputException(
                "output folder " + folder + ": expected results of " + expected + " or none, found " + found + ADVICE);
    }

    private static String shown(String hash) {
        return hash.substring(0, 12);
    }

    private static List<Path> runs(Path folder) throws IOException {
        Path runs = folder.resolve(OutputFolder.RUNS);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** A damaged file, which is made anew, tells nothing. */
    private static Optional<ProtocolSummary> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ResultsJson.read(file).protocol());
        } catch (InputException e) {
            return Optional.empty();
        }
    }
}
