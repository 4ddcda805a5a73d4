package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.io.files.CheckedFiles;
import io.github.linfhash.io.files.FileSeal;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The finished runs of an output folder, one file each, so that a comparison that was interrupted or widened computes
 * only what is missing.
 *
 * <p>A file's name carries a hash of everything that decides the run: the code, the protocol's rules and the metrics that it
 * requests, the data, the features, the method's options, what
 * trained it, the machine's threads. Every file has a seal; a run whose seal does not hold is computed again.
 */
final class RunStore {
    private static final String ENDING = ".json";

    private final OutputFolder folder;
    private final ProtocolSummary protocol;
    private final EnvironmentSummary environment;
    private final TrainingDevice device;
    private final Progress progress;
    private final String context;

    /**
     * The store of a folder.
     *
     * @param device what encoders are trained on; runs that another one trained are others
     * @param progress where it is said that a damaged run is computed again
     */
    RunStore(
            OutputFolder folder,
            ProtocolSummary protocol,
            EnvironmentSummary environment,
            TrainingDevice device,
            Progress progress) {
        this.folder = folder;
        this.progress = progress;
        this.protocol = protocol;
        this.environment = environment;
        this.device = device;
        this.context = String.join(
                "/",
                Environment.codeHash(),
                protocol.hash(),
                protocol.dataset().hash(),
                protocol.features().hash(),
                environment.backend(),
                environment.cpu(),
                Integer.toString(environment.threads()),
                onRequest(protocol));
    }

    private static String onRequest(ProtocolSummary protocol) {
        return StandardMetrics.keysOnRequest().stream()
                .filter(protocol.headline()::contains)
                .collect(Collectors.joining(","));
    }

    /** The stored result of a run; empty if there is none that can be used. A failed run is none. */
    Optional<RunResult> find(Run run) throws IOException {
        Path file = file(run);
        if (!CheckedFiles.intact(file, progress, CheckedFiles.COMPUTED_AGAIN)) {
            return Optional.empty();
        }
        return ResultsJson.read(file).runs().stream()
                .filter(result -> result.key().equals(run.key()))
                .findFirst();
    }

    /** Keeps a run. That it failed is kept apart, to be shown until it is computed again. */
    void keep(Run run, RunResult result) throws IOException {
        Path file = result.failed() ? failureFile(run) : file(run);
        ResultsJson.write(file, new Results(only(run), environment, List.of(result)));
        FileSeal.put(file);
        if (!result.failed()) {
            FileSeal.delete(failureFile(run));
        }
    }

    /**
     * All runs that the folder holds and that can be used here, of whichever code length and seed.
     *
     * @param comparison the participants with the options that a run must have had
     */
    List<RunResult> all(Comparison comparison) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder.runs())) {
            files = entries.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        List<RunResult> all = new ArrayList<>();
        for (Path file : files) {
            read(file).flatMap(result -> held(file, result, comparison)).ifPresent(all::add);
        }
        return all;
    }

    /** The run of a file, unless other code, options, data or machines decided it, which another name says. */
    private Optional<RunResult> held(Path file, RunResult result, Comparison comparison) {
        return comparison
                .run(result.key())
                .filter(run -> file.equals(result.failed() ? failureFile(run) : file(run)))
                .map(run -> result);
    }

    private Optional<RunResult> read(Path file) throws IOException {
        try {
            return CheckedFiles.intact(file, progress, CheckedFiles.LEFT_OUT)
                    ? ResultsJson.read(file).runs().stream().findFirst()
                    : Optional.empty();
        } catch (InputException e) {
            return Optional.empty(); // of a version that wrote results otherwise, whose code is another
        }
    }

    private Path file(Run run) {
        return folder.runs().resolve(name(run) + ENDING);
    }

    private Path failureFile(Run run) {
        return folder.runs().resolve(name(run) + ".failure" + ENDING);
    }

    private String name(Run run) {
        String decisive = context + "/" + run.trainedOn(device) + "/" + run.hash() + "/" + run.key();
        return run.key().fileName() + "-" + Digests.sha256(decisive).substring(0, 16);
    }

    private ProtocolSummary only(Run run) {
        return protocol.withRuns(
                List.of(run.key().bits()),
                List.of(run.key().seed()),
                List.of(run.participant().configuration(List.of(run.key().bits()))));
    }
}
