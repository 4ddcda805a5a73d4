package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.files.AtomicFiles;
import io.github.linfhash.core.files.Digests;
import io.github.linfhash.core.files.FileSeal;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.harness.home.Implementation;
import io.github.linfhash.reports.results.EnvironmentSummary;
import io.github.linfhash.reports.results.ProtocolSummary;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.results.ResultsJson;
import io.github.linfhash.reports.tables.ProfileRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The finished runs of an output folder, one file each, so that a comparison that was interrupted or widened computes
 * only what is missing.
 *
 * <p>A file's name carries a hash of everything that decides the run: the code, the protocol's rules, the data, the features,
 * the method's options, the machine's threads. Every file has a seal; a run whose seal does not hold is computed again.
 */
final class RunStore {
    private final OutputFolder folder;
    private final ProtocolSummary protocol;
    private final EnvironmentSummary environment;
    private final Progress progress;
    private final String context;

    /**
     * The store of a folder.
     *
     * @param progress where it is said that a damaged run is computed again
     */
    RunStore(OutputFolder folder, ProtocolSummary protocol, EnvironmentSummary environment, Progress progress) {
        this.folder = folder;
        this.progress = progress;
        this.protocol = protocol;
        this.environment = environment;
        this.context = String.join(
                "/",
                Implementation.hash(),
                protocol.hash(),
                protocol.dataset().hash(),
                protocol.features().hash(),
                environment.backend(),
                environment.cpu(),
                Integer.toString(environment.threads()));
    }

    /** The stored result of a run; empty if there is none that can be used. Failed runs are not stored. */
    Optional<RunResult> find(Comparison.Cell cell) throws IOException {
        Path file = file(cell);
        if (!KeptFiles.intact(file, progress)) {
            return Optional.empty();
        }
        // Where the process was killed between keeping the run and deleting what it had kept on the way.
        deleteCheckpoints(cell);
        return ResultsJson.read(file).runs().stream()
                .filter(run -> run.key().equals(cell.key()))
                .findFirst();
    }

    void keep(Comparison.Cell cell, RunResult result) throws IOException {
        if (!result.failed()) {
            Path file = file(cell);
            ResultsJson.write(file, new Results(only(cell), environment, List.of(result)));
            FileSeal.put(file);
            deleteCheckpoints(cell);
        }
    }

    /** Keeps the metrics profile of a run beside its result. */
    void keepProfile(Comparison.Cell cell, MetricsProfile profile) throws IOException {
        Path file = profileFile(cell);
        AtomicFiles.write(file, ProfileRows.HEADER + ProfileRows.lines(cell.key(), profile));
        FileSeal.put(file);
    }

    /** The lines of a run's metrics profile, without a header; empty if there is none that can be used. */
    Optional<String> findProfile(Comparison.Cell cell) throws IOException {
        Path file = profileFile(cell);
        return KeptFiles.intact(file, progress)
                ? Optional.of(Files.readString(file).substring(ProfileRows.HEADER.length()))
                : Optional.empty();
    }

    private Path profileFile(Comparison.Cell cell) {
        return folder.runs().resolve(name(cell) + ".profile.csv");
    }

    /** A folder for the checkpoints of one run's training. */
    Path checkpoints(Comparison.Cell cell) {
        return folder.path().resolve("checkpoints").resolve(name(cell));
    }

    private void deleteCheckpoints(Comparison.Cell cell) throws IOException {
        Path checkpoints = checkpoints(cell);
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> files = Files.walk(checkpoints)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path file(Comparison.Cell cell) {
        return folder.runs().resolve(name(cell) + ".json");
    }

    private String name(Comparison.Cell cell) {
        String decisive = context + "/" + cell.method().hash() + "/" + cell.key();
        return cell.key().fileName() + "-" + Digests.sha256(decisive).substring(0, 16);
    }

    private ProtocolSummary only(Comparison.Cell cell) {
        return protocol.withRuns(
                List.of(cell.key().bits()),
                List.of(cell.key().seed()),
                List.of(cell.method().summary()));
    }
}
