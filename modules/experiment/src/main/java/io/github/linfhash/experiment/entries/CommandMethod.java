package io.github.linfhash.experiment.entries;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Measurement;
import io.github.linfhash.experiment.runner.Participant;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.OptionValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method of a protocol that a program carries out: for each seed and code length a task is handed out that has these alone, the
 * program is run, and the codes that it leaves are read as those of a submission are. Queries and database come in the order that the
 * seed draws ({@link TaskOrder}).
 */
public final class CommandMethod implements Participant {
    private static final int SHOWN = 16;

    private final MethodEntry entry;
    private final List<String> command;
    private final Protocol protocol;
    private final FeatureData data;
    private final Path folder;
    private final String hash;

    private CommandMethod(
            MethodEntry entry, List<String> command, Protocol protocol, FeatureData data, Path folder, String hash) {
        this.entry = entry;
        this.command = command;
        this.protocol = protocol;
        this.data = data;
        this.folder = folder;
        this.hash = hash;
    }

    /**
     * The method of an entry that has a command.
     *
     * @param folder where it is started: that of the protocol's file
     * @throws UncheckedIOException if a file that the command names cannot be read
     */
    public static CommandMethod of(MethodEntry entry, Protocol protocol, FeatureData data, Path folder) {
        List<String> command = Objects.requireNonNull(entry.command(), "the command of " + entry.entry());
        Path home = folder.toAbsolutePath().normalize();
        return new CommandMethod(entry, command, protocol, data, home, hash(entry, command, home));
    }

    /**
     * Requires that the commands of a protocol may be run and can be.
     *
     * @param commands those that are to be run
     * @param allowed whether whoever runs them said so
     * @throws InputException if they are not allowed, the protocol cannot be handed out, or one has the name of a method
     */
    public static void requirePossible(Protocol protocol, List<MethodEntry> commands, boolean allowed) {
        if (commands.isEmpty()) {
            return;
        }
        for (MethodEntry entry : commands) {
            if (isTaken(protocol, entry.name())) {
                throw new InputException("Protocol " + protocol.name()
                        + ": expected a name for the command that no method of linfhash has, found '" + entry.name()
                        + "'");
            }
        }
        Tasks.requirePossible(protocol);
        if (!allowed) {
            throw notAllowed(protocol, commands);
        }
    }

    /** Whether a method or quantizer of linfhash has a name. */
    static boolean isTaken(Protocol protocol, String name) {
        return MethodRegistry.standard().all().stream()
                        .anyMatch(method -> method.name().equals(name))
                || protocol.quantizers().stream()
                        .anyMatch(quantizer -> quantizer.name().equals(name));
    }

    private static InputException notAllowed(Protocol protocol, List<MethodEntry> commands) {
        String words = commands.stream()
                .map(entry -> entry.entry() + " ('" + String.join(" ", Objects.requireNonNull(entry.command())) + "')")
                .collect(Collectors.joining(", "));
        return new InputException("Protocol " + protocol.name() + " runs external programs with your permissions: "
                + words + ". Review them, then pass --allow-commands");
    }

    /** The words and the content of the files that they name below the folder, and of those that the entry names. */
    private static String hash(MethodEntry entry, List<String> command, Path folder) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String word : command) {
            own(word, folder).ifPresent(file -> files.put(word, digest(file)));
        }
        for (String name : entry.files()) {
            files.put(name, own(name, folder).map(CommandMethod::digest).orElse("missing"));
        }
        return StrictReader.hash(List.of(command, files));
    }

    private static Optional<Path> own(String word, Path folder) {
        try {
            Path file = folder.resolve(word).normalize();
            return file.startsWith(folder) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // a word that can be no file's name names none
        }
    }

    private static String digest(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String entry() {
        return entry.entry();
    }

    @Override
    public MethodSummary summary() {
        String words = String.join(" ", command);
        Map<String, OptionValue> options = new LinkedHashMap<>();
        options.put(MethodSummary.COMMAND, OptionValue.of(words));
        options.put("digest", OptionValue.of(hash.substring(0, SHOWN)));
        String note =
                "A program outside linfhash computed these codes from a task; training time is the time of the whole"
                        + " program." + (entry.note() == null ? "" : " " + entry.note());
        return new MethodSummary(
                        entry.name(), entry.name(), "Command: " + words, Supervision.EXTERNAL, options, Map.of())
                .inRow(entry.row() == null ? "" : entry.row(), note, Map.of());
    }

    @Override
    public String hash(int bits, long seed) {
        return Digests.sha256("made/" + hash);
    }

    /** What trains it where the program runs is not known here. */
    @Override
    public @Nullable String trainedOn(int bits, TrainingDevice device) {
        return null;
    }

    /** The time of training is that of all that the program does. */
    @Override
    public Measurement measure(RunKey run, PreparedSplit trial, Conventions conventions, TrainingContext context) {
        long start = System.nanoTime();
        ExternalCodes.Codes codes = make(trial, run, context.programFolder());
        double seconds = (System.nanoTime() - start) / 1e9;
        return codes.measure(Map.of(StandardMetrics.TRAIN.key(), seconds), trial, conventions);
    }

    private ExternalCodes.Codes make(PreparedSplit trial, RunKey key, @Nullable Path place) {
        for (String file : entry.files()) {
            if (own(file, folder).isEmpty()) {
                throw new InputException("command of " + key.entry() + ": expected the file " + file
                        + " in the folder of the protocol's file, found none");
            }
        }
        try {
            Path here = place == null ? Files.createTempDirectory("linfhash-task") : place.toAbsolutePath();
            try {
                AtomicFiles.deleteFolder(here); // of a run that was killed
                return make(trial, key, here.resolve("task"), Files.createDirectories(here.resolve("made")));
            } finally {
                AtomicFiles.deleteFolder(here);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExternalCodes.Codes make(PreparedSplit trial, RunKey key, Path task, Path made) throws IOException {
        Task handed = Tasks.handOut(protocol, data, trial, key, task);
        List<String> words = command.stream()
                .map(word -> word.replace(MethodEntry.TASK, task.toString()).replace(MethodEntry.OUT, made.toString()))
                .toList();
        String name = "command of " + key.entry() + ", seed " + key.seed() + " at " + key.bits() + " bits";
        new Program(name, words, folder, Objects.requireNonNull(entry.limits())).run();
        CodesFolder codes = new CodesFolder(made);
        try {
            codes.require(handed);
            return codes.read(key.seed(), key.bits(), new TaskOrder(key.seed(), handed.sizesOf(key.seed())));
        } catch (InputException e) {
            // The folder is gone when this is read.
            throw new InputException(
                    name + ": " + Objects.requireNonNull(e.getMessage()).replace(made.toString(), MethodEntry.OUT), e);
        }
    }
}
