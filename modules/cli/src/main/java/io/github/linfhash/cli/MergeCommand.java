package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.ExistingResults;
import io.github.linfhash.reports.page.ReportWriter;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.JoinedResults;
import io.github.linfhash.results.schema.QueryFiles;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.SummaryTable;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.ShownCommand;
import io.github.linfhash.shell.WrittenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash results merge}: results of several commands or machines as one table and page. */
@Command(
        name = "merge",
        description = "Merges results of the same protocol and data into one results.json and report.",
        footer = {
            "  linfhash results merge a/results.json b/results.json --out both",
            "",
            "Runs in several files must have equal numbers, and all runs of a method must come from the same code. The report names",
            "the code and machine of the first file, and of methods that the first does not have. Per-query values are merged,",
            "variants are not."
        })
final class MergeCommand extends BaseCommand {
    @Parameters(
            paramLabel = "RESULTS.json",
            arity = "2..*",
            description = "Two or more results files written by 'linfhash run'.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private List<Path> files;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Path out;

    @Mixin
    private final WrittenFiles written = new WrittenFiles();

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        List<Path> named = files.stream().map(ResultsJson::file).toList();
        List<Results> parts = new ArrayList<>();
        for (Path file : named) {
            parts.add(ResultsJson.read(file));
        }
        Results joined = ReportCommand.today(home, JoinedResults.of(parts));
        if (ExistingResults.protocol(out).isPresent()) {
            ExistingResults.requireOf(out, joined.protocol());
        }
        List<String> names = new ArrayList<>(ReportWriter.names(joined));
        names.add(ResultsJson.FILE);
        written.checkIn("--out", out, names, named);
        Files.createDirectories(out);
        for (int i = 0; i < parts.size(); i++) {
            int queries = joined.protocol().sizes().queries();
            Path folder = named.get(i).toAbsolutePath().resolveSibling("");
            Evidence part = Evidence.of(parts.get(i), folder);
            new QueryFiles(folder, queries)
                    .copyTo(new QueryFiles(out, queries), part.results().runs(), part.queries());
        }
        PublishedComparison paper = PublishedComparison.read(home);
        Progress progress = progress();
        Evidence evidence = Evidence.of(joined, out);
        ReportWriter.Written report = ReportWriter.write(
                out,
                evidence,
                paper.tables(),
                paper.verdicts(List.of(evidence), progress),
                new Provenance(ShownCommand.of(spec()), true, ReportCommand.protocolText(home, joined.protocol())),
                progress);
        report.missing().ifPresent(sentence -> note(sentence));
        print(SummaryTable.of(evidence).text());
        say("wrote " + report.page() + " and " + ResultsJson.FILE);
        return ExitCodes.OK;
    }
}
