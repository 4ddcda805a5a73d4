package io.github.linfhash.tasks;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.io.npy.CodeArrays;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/** A task of vectors whose classes overlap, and a submission for it of the signs of its features, in one folder. */
record SampleTask(Path folder, Protocol protocol, FeatureData data) {
    static final int QUERIES = 45;
    static final int DATABASE = 75;

    private static final int ROWS = QUERIES + DATABASE;
    private static final int DIMENSION = 16;

    /** Makes a task of three classes of 40 rows, and its submission. */
    static SampleTask of(Path folder) throws IOException {
        return of(
                folder,
                ClassLabels.of(classes(3)),
                "{kind: class-balanced, queriesPerClass: 15, trainingPerClass: 15, trainingRows: in-database}",
                "same-class");
    }

    /** Makes a task of rows with any labels, and its submission. */
    static SampleTask of(Path folder, Labels labels, String split, String relevance) throws IOException {
        return of(folder, protocol(folder, split, relevance), labels);
    }

    private static SampleTask of(Path folder, Protocol protocol, Labels labels) throws IOException {
        SampleTask made = new SampleTask(folder, protocol, data(labels));
        made.handOut(made.task());
        made.submit();
        return made;
    }

    /** Makes a task of one seed of three classes of 40 rows, of which all are queries or labeled, and its submission. */
    static SampleTask ofLabeledRows(Path folder) throws IOException {
        protocol(
                folder,
                "{kind: class-balanced, queriesPerClass: 15, trainingPerClass: 25, trainingRows: in-database}",
                "same-class");
        Path file = folder.resolve("tiny.yaml");
        Files.writeString(file, Files.readString(file).replace("\nseeds: [0, 1]\n", "\nseeds: [0]\n"));
        return of(folder, new ProtocolFiles(folder).read("tiny"), ClassLabels.of(classes(3)));
    }

    /** Returns classes that take turns. */
    static int[] classes(int n) {
        return IntStream.range(0, ROWS).map(row -> row % n).toArray();
    }

    static Protocol protocol(Path folder, String split, String relevance) throws IOException {
        Files.writeString(
                folder.resolve("tiny.yaml"),
                String.format(
                        Locale.ROOT,
                        """
                schema: linfhash-protocol/1
                name: tiny
                title: Rows <b>of</b> classes
                description: For a test.
                data: {features: x.npy%s}
                preprocessing: {center: training-mean, normalize: l2}
                split: %s
                evaluation: {relevance: %s, average: macro, emptyBall: zero, ties: aware, selfMatch: exclude}
                %sbits: [8, 12]
                seeds: [0, 1]
                methods: [{name: lsh}]
                quick: {bits: [8], seeds: [0]}
                """,
                        relevance.equals("neighbors") ? "" : ", labels: y.npy",
                        split,
                        relevance,
                        relevance.equals("neighbors") ? "neighbors: {count: 3, similarity: euclidean}\n" : ""));
        return new ProtocolFiles(folder).read("tiny");
    }

    /** Noise, and a little of the row's place among three. */
    private static FeatureData data(Labels labels) {
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(3).stream("rows"));
        float[] values = Filled.floats(
                ROWS * DIMENSION, i -> normal.sample() + (i / DIMENSION % 3 == i % DIMENSION % 3 ? 0.5 : 0));
        FeatureMatrix rows = FeatureMatrix.owning(ROWS, DIMENSION, values);
        return new FeatureData(
                rows,
                null,
                labels,
                new DatasetSummary("rows", "Rows", Digests.sha256("rows"), ROWS, false, false, List.of()),
                new FeatureSummary("given", rows.sha256(), DIMENSION),
                FloatNeighbors::find,
                ROWS);
    }

    Path task() {
        return folder.resolve("task");
    }

    Path submission() {
        return folder.resolve("submission");
    }

    Path card() {
        return submission().resolve("submission.yaml");
    }

    Path result() {
        return folder.resolve("result");
    }

    Task handOut(Path to) throws IOException {
        return Tasks.handOut(protocol, data, protocol.bits(), protocol.seeds(), to, Progress.NONE);
    }

    /** Returns the rows of a seed as methods of linfhash get them. */
    PreparedSplit split(long seed) throws IOException {
        return PreparedSplit.of(protocol, data, seed);
    }

    FeatureMatrix handedOut(long seed, String part) {
        return FeatureArrays.read(task().resolve(seed + "/" + part + "_features.npy"));
    }

    /** Finds for each row that was handed out the row of linfhash with the same features. */
    static int[] places(FeatureMatrix handedOut, FeatureMatrix ours) {
        return IntStream.range(0, handedOut.rows())
                .map(row -> IntStream.range(0, ours.rows())
                        .filter(other -> IntStream.range(0, ours.dimension())
                                .allMatch(column -> handedOut.get(row, column) == ours.get(other, column)))
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    private void submit() throws IOException {
        for (long seed : protocol.seeds()) {
            for (int bits : protocol.bits()) {
                write(seed, bits, signs(handedOut(seed, "query"), bits), signs(handedOut(seed, "database"), bits));
            }
        }
        Files.writeString(card(), """
                schema: linfhash-submission/1
                name: mine
                authors: [A. Author, B. Author]
                code: https://example.org/mine
                license: MIT
                """);
    }

    /** Returns the signs of the first features. */
    static BinaryCodes signs(FeatureMatrix rows, int bits) {
        return BinaryCodes.ofSigns(
                rows.rows(), bits, Filled.floats(rows.rows() * bits, i -> rows.get(i / bits, i % bits)));
    }

    Path codes(long seed, int bits, String part) {
        return submission().resolve("codes/" + seed + "/" + bits + "/" + part + ".npy");
    }

    void write(long seed, int bits, BinaryCodes queries, BinaryCodes database) throws IOException {
        CodeArrays.write(codes(seed, bits, "query"), queries);
        CodeArrays.write(codes(seed, bits, "database"), database);
    }

    /** Checks the files of the submission by the rules of a protocol. */
    Scoring scoring(Protocol rules) throws IOException {
        return Scoring.of(Task.read(task()), task().resolve(Task.FILE), SubmissionFolder.read(submission()), rules);
    }

    /** Checks the submission as {@code task score} does. */
    Scoring.Checked check(@Nullable Results against, Results... known) throws IOException {
        return scoring(protocol).check(data, against, List.of(known));
    }

    /** Scores the submission. */
    Results score() throws IOException {
        try (OutputFolder output = OutputFolder.open(result())) {
            return check(null).score(new Runner(1, Progress.NONE), output);
        }
    }
}
