package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.ExternalCodes;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.SummaryTable;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.TableCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash run}: from raw images to results.json and the page. */
@Command(
        name = "run",
        description = {
            "Runs a protocol, from raw images or vectors to a report.",
            "Prints a summary, and writes results.json, index.html, table.csv, table.md, table.tex, and"
                    + " charts as SVG and PNG."
        },
        footer = {
            "  linfhash run",
            "  linfhash run --quick",
            "  linfhash run --protocol cifar10 --data ~/data --seeds 0-4",
            "  linfhash run --protocol cifar10 --methods ksh,deep-linf --bits 48 --format csv",
            "  linfhash run --protocol cifar10 --methods deep-linf:tuned,nnh:tuned --device opencl",
            "  linfhash run --protocol cifar10-mobilenet --data ~/data --network mobilenet.onnx",
            "  linfhash run --protocol cifar10 --data ~/data --external my-method=my-codes",
            "      includes codes of another program",
            "",
            "--methods, --bits and --seeds select what to compute now. The output folder stores finished runs, and",
            "trainings after each epoch. To resume, run the same command again. Only one command at a time can use a",
            "folder. --format applies to the summary."
        })
final class RunCommand extends TableCommand {
    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Mixin
    private final RunSelection runs = new RunSelection();

    @Mixin
    private final RunOutput output = new RunOutput();

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Option(
            names = "--selected-only",
            description = "Show only the runs of this command. By default, results.json and report show all finished"
                    + " runs of the folder.")
    private boolean selectedOnly;

    @Option(
            names = "--skip-unreadable",
            description = "Skip and list unreadable images (in a protocol file: 'skipUnreadable: true' under 'data').")
    private boolean skipUnreadable;

    @Option(
            names = "--external",
            paramLabel = "NAME=DIR",
            description = "Include external codes as method NAME; repeatable. DIR contains SEED/BITS/query.npy and"
                    + " SEED/BITS/database.npy, in the format of 'linfhash evaluate' and the order of 'linfhash"
                    + " split'.")
    private List<String> codes = List.of();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol named = selection.protocol(home);
        Protocol protocol = skipUnreadable ? named.skippingUnreadable() : named;
        String protocolText = selection.text(home);
        RunPlan plan = selection.plan(home, protocol, runs.of(protocol));
        output.check();
        TrainingDevice device = deviceOption.device();
        sayObstacles(plan.obstacles(device));
        List<ExternalCodes> external = external(plan);
        PublishedComparison paper = PublishedComparison.read(home);
        if (protocol.publishedTable() != null) {
            paper.tables().table(protocol.publishedTable());
        }
        Path folder = output.folder(home, selection, plan);
        Experiment experiment = new Experiment(
                plan, output.data(home, selection, plan, folder, err()), output.runner(device), external);
        try (OutputFolder open = OutputFolder.open(folder)) {
            // A report of earlier runs stays until the new one is complete.
            Runner.Interim interim = ResultsJson.in(folder).isPresent()
                    ? Runner.Interim.NONE
                    : new UnfinishedPage(
                            folder, paper.tables(), new Provenance(ShownCommand.of(spec()), true, protocolText));
            Experiment.Outcome outcome = experiment.outcome(open, selectedOnly, interim);
            Progress progress = progress();
            ReportWriter.Written written = ReportWriter.write(
                    folder,
                    outcome.evidence().get(0),
                    paper.tables(),
                    paper.verdicts(outcome.evidence(), progress),
                    new Provenance(command(outcome), true, protocolText),
                    progress);
            return report(outcome, written, folder);
        }
    }

    /** Says once which methods the processor trains, as the device cannot. */
    private void sayObstacles(Map<String, Set<String>> obstacles) {
        if (!obstacles.isEmpty()) {
            String reasons = obstacles.entrySet().stream()
                    .map(entry -> String.join(", ", entry.getValue()) + " (" + entry.getKey() + ")")
                    .collect(Collectors.joining("; "));
            say("--device opencl: the processor trains what the device cannot: " + reasons);
        }
    }

    /** The rows of --external, before anything is computed. */
    private List<ExternalCodes> external(RunPlan plan) {
        Map<String, ExternalCodes> byName = new LinkedHashMap<>();
        for (String word : codes) {
            ExternalCodes found = external(word, plan);
            if (byName.put(found.name(), found) != null) {
                throw new InputException("--external: expected each name once, found '" + found.name() + "' twice");
            }
        }
        return List.copyOf(byName.values());
    }

    /** Returns the external codes of the seeds and lengths of this run, and reports missing ones. */
    private ExternalCodes external(String word, RunPlan plan) {
        int equals = word.indexOf('=');
        String name = word.substring(0, Math.max(equals, 0));
        if (!MethodSpec.isName(name) || equals == word.length() - 1) {
            throw new InputException("--external: expected NAME=DIR with a name of lower-case letters, digits and '-',"
                    + " first a letter, found '" + word + "'");
        }
        if (plan.registry().has(name)) {
            throw new InputException("--external: expected a name that no method has, found '" + name + "'");
        }
        Path folder = Path.of(word.substring(equals + 1));
        ExternalCodes found = ExternalCodes.find(name, folder, plan.bits(), plan.seeds());
        if (!found.missing().isEmpty()) {
            say("--external " + word + ": no codes of " + String.join(", ", found.missing())
                    + "; the row is shown without them");
        }
        return found;
    }

    private String command(Experiment.Outcome outcome) {
        return others(outcome) == 0
                ? ShownCommand.of(spec())
                : CommandWords.command(spec(), outcome.shown().protocol());
    }

    private static int others(Experiment.Outcome outcome) {
        return outcome.shown().runs().size() - outcome.done().runs().size();
    }

    private int report(Experiment.Outcome outcome, ReportWriter.Written written, Path folder) {
        written.missing().ifPresent(what -> note(what));
        print(SummaryTable.of(
                        new Evidence(outcome.done(), outcome.evidence().get(0).queries()))
                .render(format()));
        say("wrote " + folder.resolve("index.html") + " and results.json");
        if (others(outcome) > 0) {
            say("these files hold " + others(outcome)
                    + " other finished runs of the folder, too; --selected-only leaves them out");
        }
        return FailedRuns.report(outcome.done(), spec());
    }

    /**
     * The page of a folder while its first runs are computed: written when some of them are finished, and again from time to time.
     * Pages take a twentieth of the time of one core at most. Not safe for threads.
     */
    private static final class UnfinishedPage implements Runner.Interim {
        private static final long FIRST_NANOS = 3_000_000_000L;
        private static final long PERIOD_NANOS = 10_000_000_000L;
        private static final long SHARE = 20;

        private final Path folder;
        private final PublishedTables tables;
        private final Provenance provenance;
        private long next = System.nanoTime() + FIRST_NANOS;

        UnfinishedPage(Path folder, PublishedTables tables, Provenance provenance) {
            this.folder = folder;
            this.tables = tables;
            this.provenance = provenance;
        }

        @Override
        public void show(Results results, Map<String, Integer> left) throws IOException {
            long start = System.nanoTime();
            if (start - next < 0) {
                return;
            }
            ReportWriter.writeUnfinished(folder, Evidence.of(results, folder), tables, provenance, left);
            long end = System.nanoTime();
            next = end + Math.max(PERIOD_NANOS, SHARE * (end - start));
        }
    }
}
