package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.runner.ExistingResults;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.shell.ConsoleProgress;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
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
    Path folder(ProjectHome home, ProtocolSelection selection, RunPlan plan) throws IOException {
        Path folder = out != null
                ? out
                : selection.results(home, plan.protocol(), plan.selection().quick() ? "-quick" : "");
        if (out != null) {
            WrittenFiles.requireParent("--out", out);
            ExistingResults.requireKind(out);
        }
        ExistingResults.requireOf(folder, plan.protocol());
        requireVersion(folder, plan);
        return folder;
    }

    /** A short version has other options where the protocol says so; one with the same options can share a folder. */
    private static void requireVersion(Path folder, RunPlan plan) throws IOException {
        Map<String, Map<String, OptionValue>> held = new HashMap<>();
        ExistingResults.protocol(folder)
                .ifPresent(there -> there.methods().forEach(method -> held.put(method.entry(), method.options())));
        held.entrySet().removeAll(options(plan).entrySet());
        boolean quick = plan.selection().quick();
        if (!held.isEmpty()
                && held.entrySet()
                        .removeAll(options(plan.with(plan.selection().quick(!quick)))
                                .entrySet())) {
            throw new InputException("output folder " + folder + ": expected results of "
                    + (quick ? "the protocol's short version, as --quick makes" : "the whole protocol")
                    + ", found those of "
                    + (quick ? "the whole protocol" : "its short version, as --quick makes")
                    + "; name another folder with --out");
        }
    }

    private static Map<String, Map<String, OptionValue>> options(RunPlan plan) {
        return plan.known().stream()
                .collect(Collectors.toMap(ConfiguredMethod::entry, method -> OptionValue.allOf(method.options())));
    }

    /**
     * Prepares the data.
     *
     * @param folder the folder of the runs
     * @param err told what is worth knowing of the data
     * @throws InputException if the folder holds results of other data
     */
    FeatureData data(ProjectHome home, ProtocolSelection selection, RunPlan plan, Path folder, PrintWriter err)
            throws IOException {
        return selection.prepare(
                home, plan.protocol(), ConsoleProgress.of(spec), err, read -> ExistingResults.requireOf(folder, read));
    }

    /**
     * Returns what carries the runs out.
     *
     * @param device what encoders are trained on
     */
    Runner runner(TrainingDevice device) {
        return new Runner(workers.count(), ConsoleProgress.of(spec), device);
    }
}
