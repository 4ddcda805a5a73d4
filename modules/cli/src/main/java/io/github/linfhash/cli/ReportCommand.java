package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.runner.ExistingResults;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.Presentation;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash report}: the page and its files from a results.json, without measuring anything. */
@Command(
        name = "report",
        description = "Writes the report, tables and charts of a results.json again, without measuring anything.",
        footer = {"  linfhash report reports/out/cifar10/results.json", "  linfhash report results.json --out page"})
final class ReportCommand extends BaseCommand {
    @Parameters(paramLabel = "RESULTS.json", description = "A results file written by 'linfhash run'.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Path file;

    @Option(names = "--out", paramLabel = "DIR", description = "Output folder (default: folder of the results file).")
    private @Nullable Path out;

    @Option(
            names = "--command",
            paramLabel = "TEXT",
            description = "Command to show as the origin of the results (default: derived from them).")
    private @Nullable String command;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        List<Evidence> evidence = Evidence.read(file, this::note);
        Results results = today(home, evidence.get(0).results());
        PublishedComparison paper = PublishedComparison.read(home);
        Path folder = folder(results);
        Provenance provenance = new Provenance(
                command != null ? command : command(results.protocol()),
                command != null,
                protocolText(home, results.protocol()));
        Progress progress = progress();
        ReportWriter.Written written = ReportWriter.render(
                folder,
                new Evidence(results, evidence.get(0).queries()),
                paper.tables(),
                paper.verdicts(evidence, progress),
                provenance,
                progress);
        written.missing().ifPresent(this::note);
        say("wrote " + written.page() + ", the tables and the charts");
        return ExitCodes.OK;
    }

    /** Results of any year, presented as linfhash presents its methods and protocols today. */
    static Results today(ProjectHome home, Results results) throws IOException {
        String name = results.protocol().name();
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        Map<String, Presentation> known = new HashMap<>();
        if (files.names().contains(name)) {
            Protocol protocol = files.read(name);
            known.put(name, new Presentation(protocol.title(), protocol.shown()));
        }
        return results.presented(MethodRegistry.standard().titles(), known);
    }

    /** Where the page goes: over an earlier one of results of the same protocol and data, or where there is none. */
    private Path folder(Results results) throws IOException {
        if (out == null) {
            return ResultsJson.file(file).toAbsolutePath().resolveSibling("");
        }
        if (ExistingResults.protocol(out).isEmpty()) {
            written.checkIn("--out", out, ReportWriter.names(results), List.of());
        } else {
            ExistingResults.requireOf(out, results.protocol());
        }
        return out;
    }

    private static String command(ProtocolSummary protocol) {
        return "./linfhash run --protocol " + protocol.name() + CommandWords.runs(protocol);
    }

    /** The text of the protocol file if linfhash has the one that the results were made by. */
    static @Nullable String protocolText(ProjectHome home, ProtocolSummary protocol) throws IOException {
        ProtocolFiles files = new ProtocolFiles(home.protocols());
        return files.names().contains(protocol.name())
                        && files.read(protocol.name()).hash().equals(protocol.hash())
                ? files.text(protocol.name())
                : null;
    }
}
