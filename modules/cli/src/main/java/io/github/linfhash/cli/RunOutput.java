package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.runner.Comparison;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.HeldResults;
import io.github.linfhash.experiment.runner.OutputFolder;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a command that carries a comparison out: where its runs are kept, and how many are computed at once. */
final class RunOutput {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Output folder (default: reports/out/PROTOCOL in a checkout, linfhash-results/PROTOCOL without"
                            + " one, or NAME-results beside a protocol file of your own).")
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

    /**
     * The folder of the runs; that of a protocol's short version is another. It holds nothing that would be lost: no
     * results of another protocol or version of it, and nothing else than results.
     *
     * @throws InputException if it does
     */
    Path folder(ProjectHome home, ProtocolSelection selection, Protocol protocol, RunSelection runs)
            throws IOException {
        Path folder = out != null ? out : selection.results(home, protocol, runs.quick() ? "-quick" : "");
        if (out != null) {
            WrittenFiles.requireParent("--out", out);
            HeldResults.requireKind(out);
        }
        HeldResults.requireOf(folder, protocol);
        requireVersion(folder, protocol, runs);
        return folder;
    }

    /** A short version has other options where the protocol says so; one with the same options can share a folder. */
    private static void requireVersion(Path folder, Protocol protocol, RunSelection runs) throws IOException {
        Map<String, MethodSummary> held = new HashMap<>();
        HeldResults.protocol(folder)
                .ifPresent(there -> there.methods().forEach(method -> held.put(method.entry(), method)));
        List<ConfiguredMethod<?>> mine = ProtocolSelection.methods(protocol, runs, List.of());
        List<ConfiguredMethod<?>> others = ProtocolSelection.methods(protocol, runs.otherVersion(), List.of());
        for (int m = 0; m < mine.size(); m++) {
            MethodSummary there = held.get(mine.get(m).entry());
            if (there != null
                    && !there.options().equals(mine.get(m).summary().options())
                    && there.options().equals(others.get(m).summary().options())) {
                throw new InputException("output folder " + folder + ": expected results of "
                        + (runs.quick() ? "the protocol's short version, as --quick makes" : "the whole protocol")
                        + ", found those of "
                        + (runs.quick() ? "the whole protocol" : "its short version, as --quick makes")
                        + "; name another folder with --out");
            }
        }
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
            // Once more, now that nobody else can write to it.
            HeldResults.requireOf(folder.path(), comparison.protocol());
            HeldResults.requireOf(folder.path(), data.dataset());
            return runner.carryOut(comparison, data, folder);
        }

        /** Results with whatever else the folder holds of these methods. */
        Results withOthers(Results done, List<ConfiguredMethod<?>> methods, OutputFolder folder) throws IOException {
            return runner.withOthers(done, methods, folder);
        }
    }

    /**
     * Prepares the data.
     *
     * @param folder the folder of the runs
     * @param profiles whether to write the metrics of each run under all conventions, too
     * @throws InputException if the folder holds results of other data
     */
    Work prepare(ProjectHome home, ProtocolSelection selection, Protocol protocol, Path folder, boolean profiles)
            throws IOException {
        Progress progress = ConsoleProgress.standard();
        FeatureData data = selection.prepare(
                home, protocol, progress, spec.commandLine().getErr(), read -> HeldResults.requireOf(folder, read));
        return new Work(new Runner(workers, progress, profiles), data);
    }

    /**
     * Prepares the data and computes what the folder does not hold yet.
     *
     * @throws io.github.linfhash.core.errors.InputException if the folder cannot be written or another process uses it
     */
    <T> T carryOut(ProjectHome home, ProtocolSelection selection, Comparison comparison, Path folder, Use<T> use)
            throws IOException {
        Work work = prepare(home, selection, comparison.protocol(), folder, false);
        try (OutputFolder open = OutputFolder.open(folder)) {
            return use.of(work.carryOut(comparison, open));
        }
    }
}
