package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.ConsoleProgress;
import io.github.linfhash.advisor.command.WrittenFiles;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.HeldResults;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.experiment.tuning.SearchTraces;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.schema.MethodSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a command that carries a comparison out: where its runs are kept, and how many are computed at once. */
final class RunOutput {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder (default: reports/out/PROTOCOL in a checkout, otherwise"
                    + " linfhash-results/PROTOCOL; NAME-results next to your own protocol file).")
    private @Nullable Path out;

    @Mixin
    private final WorkersOption workers = new WorkersOption();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    /** Checks the options; called before any work. */
    void check() {
        workers.count();
    }

    /**
     * The folder of the runs; that of a protocol's short version is another. It holds nothing that would be lost: no
     * results of another protocol or version of it, and nothing else than results.
     *
     * @throws InputException if it does
     */
    Path folder(ProjectHome home, ProtocolSelection selection, Protocol protocol, Selection part) throws IOException {
        Path folder = out != null ? out : selection.results(home, protocol, part.quick() ? "-quick" : "");
        if (out != null) {
            WrittenFiles.requireParent("--out", out);
            HeldResults.requireKind(out);
        }
        HeldResults.requireOf(folder, protocol);
        requireVersion(folder, protocol, part);
        return folder;
    }

    /** A short version has other options where the protocol says so; one with the same options can share a folder. */
    private static void requireVersion(Path folder, Protocol protocol, Selection part) throws IOException {
        Map<String, MethodSummary> held = new HashMap<>();
        HeldResults.protocol(folder)
                .ifPresent(there -> there.methods().forEach(method -> held.put(method.entry(), method)));
        MethodRegistry registry = MethodRegistry.standard();
        List<ConfiguredMethod<?>> mine = part.allMethods(protocol, registry, List.of());
        List<ConfiguredMethod<?>> others = part.quick(!part.quick()).allMethods(protocol, registry, List.of());
        for (int m = 0; m < mine.size(); m++) {
            MethodSummary there = held.get(mine.get(m).entry());
            if (there != null
                    && !there.options().equals(mine.get(m).summary().options())
                    && there.options().equals(others.get(m).summary().options())) {
                throw new InputException("output folder " + folder + ": expected results of "
                        + (part.quick() ? "the protocol's short version, as --quick makes" : "the whole protocol")
                        + ", found those of "
                        + (part.quick() ? "the whole protocol" : "its short version, as --quick makes")
                        + "; name another folder with --out");
            }
        }
    }

    /**
     * Prepares the data.
     *
     * @param folder the folder of the runs
     * @param profiles whether to write the metrics of each run under all conventions, too
     * @param device what encoders are trained on
     * @throws InputException if the folder holds results of other data
     */
    Experiment prepare(
            ProjectHome home,
            ProtocolSelection selection,
            Protocol protocol,
            Selection part,
            Path folder,
            boolean profiles,
            TrainingDevice device)
            throws IOException {
        Progress progress = ConsoleProgress.standard();
        SearchTraces traces = SearchTraces.in(selection.folder(home), home.root());
        traces.requireAll(protocol);
        FeatureData data = selection.prepare(
                home, protocol, progress, spec.commandLine().getErr(), read -> HeldResults.requireOf(folder, read));
        return Experiment.of(protocol, data)
                .with(part)
                .with(traces)
                .with(new Runner(workers.count(), progress, profiles, device));
    }
}
