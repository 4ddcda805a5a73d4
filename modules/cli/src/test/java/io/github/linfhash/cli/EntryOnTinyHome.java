package io.github.linfhash.cli;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Preparation;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A task of the small protocol, and a submission for it. Its codes are those of a method of ours, whose numbers are known; which row is
 * where is found by its features, as nothing else is told. They are made once and copied for each test.
 */
abstract class EntryOnTinyHome extends ProgramOnTinyHome {
    static final List<Long> SEEDS = List.of(0L, 1L);
    static final List<Integer> BITS = List.of(8, 12);
    static final int QUERIES = 45;
    static final int DATABASE = 75;

    @TempDir
    static Path made;

    protected Path task = Path.of("");
    protected Path submission = Path.of("");
    protected Path result = Path.of("");

    @BeforeEach
    void makeTaskAndSubmission() throws IOException {
        task = root.resolve("task");
        submission = root.resolve("submission");
        result = root.resolve("result");
        // Stripes that can be told apart at a glance would be flagged, rightly.
        TinyHome.blur(root);
        Path protocol = root.resolve("protocols/tiny.yaml");
        Files.writeString(
                protocol,
                Files.readString(protocol)
                        .replace(
                                "queriesPerClass: 5, trainingPerClass: 20",
                                "queriesPerClass: 15, trainingPerClass: 15"));
        if (Files.exists(made.resolve("submission"))) {
            copy(made, root);
        } else {
            handOut();
            submit();
            List.of("task", "cache", "submission").forEach(this::keep);
        }
    }

    private void keep(String folder) {
        copy(root.resolve(folder), made.resolve(folder));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handOut() {
        succeed("task create --protocol=tiny --out=%s", task);
        err.getBuffer().setLength(0);
    }

    private static Protocol protocol() throws IOException {
        return new ProtocolFiles(ProjectHome.find().protocols()).read("tiny");
    }

    /** The rows of a seed as methods of ours get them. */
    protected static PreparedSplit trial(long seed) throws IOException {
        ProjectHome home = ProjectHome.find();
        FeatureData data = new Preparation(home, home.protocols(), Progress.NONE).prepare(protocol(), null);
        return PreparedSplit.of(protocol(), data, seed);
    }

    /** For each row that was handed out, the row of ours with the same features. */
    protected static int[] places(FeatureMatrix handedOut, FeatureMatrix ours) {
        return IntStream.range(0, handedOut.rows())
                .map(row -> IntStream.range(0, ours.rows())
                        .filter(other -> IntStream.range(0, ours.dimension())
                                .allMatch(column -> handedOut.get(row, column) == ours.get(other, column)))
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    protected FeatureMatrix handedOut(long seed, String part) {
        return FeatureArrays.read(task.resolve(seed + "/" + part + "_features.npy"));
    }

    /** Codes of hyperplanes in the order of the task, with what else a submission needs. */
    private void submit() throws IOException {
        for (long seed : SEEDS) {
            PreparedSplit trial = trial(seed);
            int[] queries = places(handedOut(seed, "query"), trial.queries());
            int[] database = places(handedOut(seed, "database"), trial.database());
            for (int bits : BITS) {
                HashFunction lsh =
                        ProtocolSelection.cell(protocol(), "lsh", bits, seed).train(trial, Progress.NONE);
                write(
                        seed,
                        bits,
                        lsh.encode(trial.queries()).select(queries),
                        lsh.encode(trial.database()).select(database));
            }
        }
        Files.writeString(submission.resolve("submission.yaml"), """
                schema: linfhash-submission/1
                name: mine
                authors: [A. Author, B. Author]
                code: https://example.org/mine
                license: MIT
                """);
    }

    /** Codes in which each class has one of its own. */
    protected static BinaryCodes ofLabels(Labels labels, int bits) {
        int width = (bits + 7) / 8;
        byte[] bytes = new byte[labels.size() * width];
        for (int row = 0; row < labels.size(); row++) {
            bytes[row * width] = (byte) ((ClassLabels) labels).get(row);
        }
        return BinaryCodes.ofBytes(labels.size(), bits, bytes);
    }

    protected void write(long seed, int bits, BinaryCodes queries, BinaryCodes database) throws IOException {
        CodeArrays.write(codes(seed, bits, "query"), queries);
        CodeArrays.write(codes(seed, bits, "database"), database);
    }

    protected Path codes(long seed, int bits, String part) {
        return submission.resolve("codes/" + seed + "/" + bits + "/" + part + ".npy");
    }

    /** The command that scores {@link #submission}, with a blank for options behind it. */
    protected static final String SCORE = "task score F/submission --task=F/task --out=F/result ";
}
