package io.github.linfhash.harness.cli;

import io.github.linfhash.harness.experiment.Comparison;
import io.github.linfhash.harness.experiment.Runner;
import io.github.linfhash.harness.home.ProjectHome;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.yaml.StrictYaml;
import io.github.linfhash.reports.claims.ClaimTests;
import io.github.linfhash.reports.claims.ClaimsFile;
import io.github.linfhash.reports.page.Provenance;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.reports.published.PublishedTables;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.tables.SummaryTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linfhash reproduce}: from raw images to results.json and the page. */
@Command(
        name = "reproduce",
        description = {
            "Runs a protocol from raw images; prints a summary, and writes results.json, index.html,",
            "table.csv, table.md, table.tex, and the charts of the page as SVG and PNG."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash reproduce",
            "  linfhash reproduce --quick",
            "  linfhash reproduce --protocol cifar10 --data ~/data --seeds 0-4",
            "  linfhash reproduce --protocol cifar10 --methods ksh,deep-linf --bits 48 --format csv",
            "",
            "Finished runs are kept in the output folder, and trainings under way after each epoch; the same command again,",
            "after an interruption too, goes on from there. One command at a time uses an output folder."
        })
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private final ProtocolSelection selection = new ProtocolSelection();

    @Mixin
    private final RunSelection runs = new RunSelection();

    @Mixin
    private final RunOutput output = new RunOutput();

    @Option(
            names = "--metrics-profile",
            description = "Writes metrics-profile.csv, too: every run's metrics under all conventions. Runs that were"
                    + " finished without it are computed again.")
    private boolean profiles;

    @Option(names = "--format", paramLabel = "F", description = "Of the summary: table, json or csv (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        String protocolText = selection.text(home);
        Comparison comparison = ProtocolSelection.comparison(protocol, runs);
        output.check();
        PublishedTables published = PublishedTables.read(home.published());
        ClaimsFile claims = StrictYaml.read(home.claims(), ClaimsFile.class);
        if (protocol.publishedTable() != null) {
            published.table(protocol.publishedTable());
        }
        Path folder = output.folder(home, protocol, runs);
        return output.carryOut(
                home,
                selection,
                comparison,
                folder,
                profiles,
                spec.commandLine().getErr(),
                results -> {
                    ReportWriter.Written written = ReportWriter.write(
                            folder,
                            results,
                            published,
                            ClaimTests.of(claims, List.of(results)),
                            new Provenance(command(), true, protocolText));
                    return report(results, written, folder);
                });
    }

    private int report(Results results, ReportWriter.Written written, Path folder) {
        written.missing().ifPresent(what -> spec.commandLine().getErr().println("linfhash: " + what));
        spec.commandLine().getOut().print(format.render(SummaryTable.of(results)));
        spec.commandLine().getOut().flush();
        String also = profiles ? ", results.json and " + Runner.PROFILE : " and results.json";
        spec.commandLine().getErr().println("wrote " + folder.resolve("index.html") + also);
        return FailedRuns.report(results, spec);
    }

    /** The command that makes the same page again, without the paths of this machine. */
    private String command() {
        List<String> words = spec.commandLine().getParseResult().originalArgs();
        return "./linfhash reproduce" + CommandWords.withoutPaths(words);
    }
}
