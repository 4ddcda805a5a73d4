package io.github.linfhash.cli;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.entries.Flag;
import io.github.linfhash.experiment.entries.Scoring;
import io.github.linfhash.experiment.entries.SubmissionFolder;
import io.github.linfhash.experiment.entries.Task;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.HeldResults;
import io.github.linfhash.experiment.runner.OutputFolder;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.differences.DifferenceText;
import io.github.linfhash.results.differences.MethodDifferences;
import io.github.linfhash.results.differences.MetricDifference;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.SeedSummaries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linfhash score}: the metrics of a submission for a task. */
@Command(
        name = "score",
        description = {
            "Measures the codes of a submission for a task that 'linfhash hand-out' wrote.",
            "It prints all metrics with their intervals over seeds, and writes results.json with the metrics of single queries beside it."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash score my-submission --task task --out my-result",
            "  linfhash score my-submission --task task --data ~/data --out my-result --against reports/out/cifar10",
            "      with paired tests against the methods of these results",
            "",
            "A submission is a folder with submission.yaml and codes/SEED/BITS/query.npy and database.npy; docs/entering.md has",
            "the rules. Codes that look too good, or like those of other rows, are flagged: results are written and say so, and",
            "the exit code is 3. The page of the results is made by 'linfhash render my-result/results.json'."
        })
final class ScoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SUBMISSION", description = "The folder of the submission.")
    @SuppressWarnings("NullAway.Init")
    private Path submission;

    @Option(names = "--task", paramLabel = "TASK", required = true, description = "The folder of the task.")
    @SuppressWarnings("NullAway.Init")
    private Path task;

    @Mixin
    private final TaskProtocol selection = new TaskProtocol();

    @Option(
            names = "--against",
            paramLabel = "RESULTS",
            description =
                    "A results.json, or the folder of one, of the same protocol and data: each method of it is compared"
                            + " with the submission by paired tests over the seeds.")
    private @Nullable Path against;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder of the results.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs measured at the same time (default: the number of cores).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Mixin
    private final ListingOutput listings = new ListingOutput();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        NumberList.requireWithin("--workers", workers, 1, 1024);
        WrittenFiles.requireParent("--out", out);
        HeldResults.requireKind(out);
        ProjectHome home = ProjectHome.find();
        selection.nameOfTask(Task.read(task).protocol());
        Protocol protocol = selection.protocol(home);
        SubmissionFolder folder = SubmissionFolder.read(submission);
        Scoring scoring = Scoring.of(task, folder, protocol);
        HeldResults.requireOf(out, protocol);
        Results others = against == null
                ? null
                : ResultsJson.read(Files.isDirectory(against) ? against.resolve(ResultsJson.FILE) : against);
        Progress progress = ConsoleProgress.standard();
        FeatureData data = selection.prepare(
                home, protocol, progress, spec.commandLine().getErr(), read -> HeldResults.requireOf(out, read));
        Scoring.Checked checked = scoring.check(data, others);
        checked.notes().forEach(progress::note);
        Results results;
        try (OutputFolder open = OutputFolder.open(out)) {
            results = checked.score(new Runner(workers, progress, false), open);
        }
        listings.print(listings(results, others, folder.submission().name()));
        return report(results, checked.flags());
    }

    private static Listings listings(Results results, @Nullable Results others, String name) {
        Map<String, Listing> tables = new LinkedHashMap<>();
        Listing metrics = new Listing("bits", "metric", "mean", "seeds");
        SeedSummaries summaries = SeedSummaries.ofMetrics(results);
        for (int bits : results.protocol().bits()) {
            for (String metric : StandardMetrics.keys()) {
                summaries
                        .find(name, bits, metric)
                        .ifPresent(summary -> metrics.add(
                                Integer.toString(bits),
                                metric,
                                DifferenceText.mean(metric, summary),
                                Integer.toString(summary.n())));
            }
        }
        tables.put("metrics", metrics);
        if (others != null) {
            Listing tests =
                    new Listing("method", "bits", "metric", "method's", "submission's", "difference", "p", "seeds");
            for (MetricDifference difference : MethodDifferences.of(results, name, others)) {
                List<String> cells = new ArrayList<>(List.of(difference.method()));
                cells.addAll(DifferenceText.cells(difference));
                cells.remove(cells.size() - 1);
                tests.add(cells.toArray(new String[0]));
            }
            tables.put("against", tests);
        }
        return new Listings(tables);
    }

    private int report(Results results, List<Flag> flags) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("wrote " + out.resolve(ResultsJson.FILE));
        int failed = FailedRuns.report(results, spec);
        flags.forEach(flag -> err.println("flagged: " + flag.sentence() + "."));
        return failed != ExitCodes.OK || flags.isEmpty() ? failed : ExitCodes.FOUND;
    }
}
