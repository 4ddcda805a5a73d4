package io.github.linfhash.harness.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.harness.experiment.Comparison;
import io.github.linfhash.harness.experiment.FeatureData;
import io.github.linfhash.harness.experiment.OutputFolder;
import io.github.linfhash.harness.experiment.Runner;
import io.github.linfhash.harness.home.ProjectHome;
import io.github.linfhash.harness.progress.ConsoleProgress;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.results.Results;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a command that carries a comparison out: where its runs are kept, and how many are computed at once. */
final class RunOutput {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder (default: reports/out/PROTOCOL in this checkout).")
    private @Nullable Path out;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs computed at the same time (default: the number of cores).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    /** Checks the options; called before any work. */
    void check() {
        NumberList.requireWithin("--workers", workers, 1, 1024);
    }

    /** The folder of the runs; that of a protocol's short version is another. */
    Path folder(ProjectHome home, Protocol protocol, RunSelection runs) {
        return out != null ? out : home.output(protocol.name() + (runs.quick() ? "-quick" : ""));
    }

    /** What is done with results while the folder is still this process's alone. */
    @FunctionalInterface
    interface Use<T> {
        T of(Results results) throws IOException;
    }

    /**
     * Data with what computes runs on them.
     *
     * @param runner keeps what it computes
     * @param data the rows of the protocol
     */
    record Work(Runner runner, FeatureData data) {
        /** Computes what the folder does not hold yet. */
        Results carryOut(Comparison comparison, OutputFolder folder) throws IOException {
            return runner.carryOut(comparison, data, folder);
        }
    }

    /**
     * Prepares the data.
     *
     * @param profiles whether to write the metrics of each run under all conventions, too
     */
    Work prepare(ProjectHome home, ProtocolSelection selection, Protocol protocol, boolean profiles)
            throws IOException {
        Progress progress = ConsoleProgress.standard();
        FeatureData data =
                selection.prepare(home, protocol, progress, spec.commandLine().getErr());
        return new Work(new Runner(workers, progress, profiles), data);
    }

    /**
     * Prepares the data and computes what the folder does not hold yet.
     *
     * @throws io.github.linfhash.core.errors.InputException if the folder cannot be written or another process uses it
     */
    <T> T carryOut(ProjectHome home, ProtocolSelection selection, Comparison comparison, Path folder, Use<T> use)
            throws IOException {
        Work work = prepare(home, selection, comparison.protocol(), false);
        try (OutputFolder open = OutputFolder.open(folder)) {
            return use.of(work.carryOut(comparison, open));
        }
    }
}
