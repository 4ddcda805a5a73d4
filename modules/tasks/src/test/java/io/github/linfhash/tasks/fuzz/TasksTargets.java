package io.github.linfhash.tasks.fuzz;

import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.schema.SubmissionCard;
import io.github.linfhash.tasks.SubmissionFolder;
import io.github.linfhash.tasks.Task;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.FuzzTargets;
import io.github.linfhash.testing.fuzz.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All targets of this module: tasks and submissions. */
public final class TasksTargets implements FuzzTargets {
    private static final int BITS = 4;
    private static final String HASH = "8ed80ea5a03a5fdcd3b5b2bfa56d31d19d06d244de85b6dbcfc6c06830ef0f27";
    private static final String SUBMISSION = String.format(Locale.ROOT, """
            schema: linfhash-submission/1
            name: my-method
            title: My method
            authors: [A, B]
            code: https://example.org/a
            license: MIT
            task: %s
            environment: a machine
            seconds: {train: 1.5, encode: 0.5}
            learnedFrom: something
            remarks: none
            """, HASH);
    private static final String TASK = String.format(Locale.ROOT, """
            schema: linfhash-task/2
            protocol: tiny
            title: "Tiny"
            protocolHash: %1$s
            datasetHash: %1$s
            featuresHash: %1$s
            dimension: 4
            seeds: [0, 1]
            bits: [8]
            sizes:
              0: {training: 2, queries: 2, database: 3}
              1: {training: 2, queries: 2, database: 3, unlabeled: 4}
            allowed: "what is here"
            files:
              0/query_features.npy: %1$s
            """, HASH);
    private static final Task OF_CODES = new Task(
            Task.SCHEMA,
            "tiny",
            "Tiny",
            HASH,
            HASH,
            HASH,
            4,
            List.of(BITS),
            List.of(0L),
            Map.of(0L, new Task.Sizes(2, 2, 3, null)),
            "what is here",
            Map.of());

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.ofFile(
                        "submission-yaml",
                        SubmissionCard.FILE,
                        file -> StrictReader.readTexts(file, SubmissionCard.class),
                        () -> Map.of("small", SUBMISSION.getBytes(StandardCharsets.UTF_8))),
                FuzzTarget.ofFile(
                        "task-yaml",
                        "f.yaml",
                        file -> StrictReader.read(file, Task.class),
                        () -> Map.of("small", TASK.getBytes(StandardCharsets.UTF_8))),
                new FuzzTarget("submission-folder", TasksTargets::submission, TasksTargets::submissions));
    }

    private static Map<String, byte[]> submissions() {
        byte[] yaml = SUBMISSION.getBytes(StandardCharsets.UTF_8);
        NpyArray packed = NpyArray.owning(NpyType.UINT8, List.of(3, 1), new byte[] {1, 2, 3});
        NpyArray elements = NpyArray.owning(NpyType.BOOL, List.of(2, BITS), new byte[2 * BITS]);
        return Map.of("small", Parts.join(yaml, NpyFile.toBytes(elements), NpyFile.toBytes(packed)));
    }

    /** A submission with codes of one seed and length, as far as it is read before any code is compared. */
    private static void submission(Path folder, byte[] input) throws IOException {
        List<byte[]> parts = Parts.split(input, 3);
        Path codes = Files.createDirectories(folder.resolve("codes/0/" + BITS));
        Files.write(folder.resolve(SubmissionCard.FILE), parts.get(0));
        Files.write(codes.resolve("query.npy"), parts.get(1));
        Files.write(codes.resolve("database.npy"), parts.get(2));
        SubmissionFolder read = SubmissionFolder.read(folder);
        read.requireCodes(OF_CODES);
        ExternalCodes.find(read.submission().name(), read.codes(), OF_CODES.bits(), OF_CODES.seeds());
    }
}
