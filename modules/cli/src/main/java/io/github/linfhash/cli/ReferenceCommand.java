package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command about a run of a protocol and its reference results. */
abstract class ReferenceCommand extends TableCommand {
    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Mixin
    private final RunSelection runs = new RunSelection();

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Use this results.json instead of running the protocol.")
    private @Nullable Path resultsFile;

    @Mixin
    private final RunOutput output = new RunOutput();

    @Override
    public final Integer call() throws IOException {
        if (runs.quick()) {
            throw new InputException("--quick: reference results are those of the full protocol; leave --quick out");
        }
        output.check();
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        return call(home, protocol, new ExpectedFile(selection.expected(home, protocol), protocol.name()));
    }

    /** Does the command's work; gives the exit code. */
    abstract int call(ProjectHome home, Protocol protocol, ExpectedFile file) throws IOException;

    final ProtocolSelection selection() {
        return selection;
    }

    final RunSelection runs() {
        return runs;
    }

    /** Returns the plan of the runs that are measured; the seeds do not matter where results are read. */
    final RunPlan plan(ProjectHome home, Protocol protocol, List<Long> seeds) throws IOException {
        Selection part = runs.of(protocol);
        return selection.plan(home, protocol, resultsFile != null ? part : part.withSeeds(seeds.toArray(Long[]::new)));
    }

    /** Measured, or read and narrowed to what the options name; a results.json holds all runs of its folder. */
    final Results results(ProjectHome home, RunPlan plan, Consumer<List<Configuration>> methods) throws IOException {
        if (resultsFile != null) {
            Results read = runs.scope().of(ResultsJson.read(resultsFile));
            if (read.protocol().name().equals(plan.protocol().name())) {
                methods.accept(read.protocol().methods());
            }
            return read;
        }
        methods.accept(plan.methods().stream()
                .map(method -> method.configuration(plan.bits()))
                .toList());
        Path folder = output.folder(home, selection, plan);
        Experiment experiment = new Experiment(
                plan,
                output.data(home, selection, plan, folder, err()),
                output.runner(TrainingDevice.DEFAULT),
                List.of());
        try (OutputFolder open = OutputFolder.open(folder)) {
            return experiment.runs(open);
        }
    }

    /** Prints a report: as a table what is not OK, then one line that counts; else all checks. */
    final void print(RegressionReport report) {
        print(report.render(format()));
    }
}
