package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.files.AtomicFiles;
import io.github.linfhash.core.files.Digests;
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
 * the method's options, the machine's threads. Files that cannot be read are computed again.
 */
final class RunStore {
    private final Path folder;
    private final ProtocolSummary protocol;
    private final EnvironmentSummary environment;
    private final String context;

    RunStore(Path folder, ProtocolSummary protocol, EnvironmentSummary environment) {
        this.folder = folder;
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
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return ResultsJson.read(file).runs().stream()
                    .filter(run -> run.key().equals(cell.key()))
                    .findFirst();
        } catch (InputException e) {
            // A damaged file costs one run, not the comparison; what is written next replaces it.
            return Optional.empty();
        }
    }

    void keep(Comparison.Cell cell, RunResult result) throws IOException {
        if (!result.failed()) {
            ResultsJson.write(file(cell), new Results(only(cell), environment, List.of(result)));
            deleteCheckpoints(cell);
        }
    }

    /** Keeps the metrics profile of a run beside its result. */
    void keepProfile(Comparison.Cell cell, MetricsProfile profile) throws IOException {
        AtomicFiles.write(profileFile(cell), ProfileRows.HEADER + ProfileRows.lines(cell.key(), profile));
    }

    /** The lines of a run's metrics profile, without a header; empty if there is none that can be used. */
    Optional<String> findProfile(Comparison.Cell cell) throws IOException {
        Path file = profileFile(cell);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file);
        return text.startsWith(ProfileRows.HEADER)
                ? Optional.of(text.substring(ProfileRows.HEADER.length()))
                : Optional.empty();
    }

    private Path profileFile(Comparison.Cell cell) {
        return folder.resolve("runs").resolve(name(cell) + ".profile.csv");
    }

    /** A folder for the checkpoints of one run's training. */
    Path checkpoints(Comparison.Cell cell) {
        return folder.resolve("checkpoints").resolve(name(cell));
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
        return folder.resolve("runs").resolve(name(cell) + ".json");
    }

    private String name(Comparison.Cell cell) {
        String decisive = context + "/" + cell.method().hash() + "/" + cell.key();
        return cell.key() + "-" + Digests.sha256(decisive).substring(0, 16);
    }

    private ProtocolSummary only(Comparison.Cell cell) {
        return protocol.withRuns(
                List.of(cell.key().bits()),
                List.of(cell.key().seed()),
                List.of(cell.method().summary()));
    }
}
