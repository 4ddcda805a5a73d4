package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.runner.ExistingResults;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.runner.Runner;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.reports.ranking.SubmissionListing;
import io.github.linfhash.results.regression.Scope;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.shell.TableCommand;
import io.github.linfhash.shell.WrittenFiles;
import io.github.linfhash.tasks.Flag;
import io.github.linfhash.tasks.Scoring;
import io.github.linfhash.tasks.SubmissionFolder;
import io.github.linfhash.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linfhash task score}: the metrics of a submission for a task. */
@Command(
        name = "score",
        description = {
            "Measures the codes of a submission for a task of 'linfhash task create'.",
            "Prints the main metrics with 95%% intervals, and writes results.json with all metrics, also per query."
        },
        footer = {
            "  linfhash task score my-submission --task task --out my-result",
            "  linfhash task score my-submission --task task --data ~/data --out my-result --baseline reports/out/cifar10",
            "      with paired tests against the methods in these results",
            "  linfhash task score my-submission --task task --out my-result --baseline"
                    + " reports/results/cifar10-e1-8ae73e77 --methods ksh:tuned,itq --metrics map",
            "      against two methods of linfhash's own results, by one metric",
            "",
            "A submission contains submission.yaml and codes/SEED/BITS/query.npy and database.npy (docs/entering.md).",
            "Codes that are too good, or look like codes of other rows, are flagged in the results, and the exit code",
            "is 3. For a report, run 'linfhash report my-result/results.json'."
        })
final class TaskScoreCommand extends TableCommand {
    private static final int SHOWN_METRICS = 3;

    @Parameters(paramLabel = "SUBMISSION", description = "Folder of the submission.")
    @SuppressWarnings("NullAway.Init")
    private Path submission;

    @Option(names = "--task", paramLabel = "TASK", required = true, description = "Folder of the task.")
    @SuppressWarnings("NullAway.Init")
    private Path task;

    @Mixin
    private final SelectionWithNetwork selection = new SelectionWithNetwork();

    @Option(
            names = "--baseline",
            paramLabel = "RESULTS",
            description = "A results.json (or .json.gz), or its folder, of the same protocol and data. Its methods"
                    + " are compared with the submission by paired tests.")
    private @Nullable Path against;

    @Option(
            names = "--methods",
            paramLabel = "a,b",
            split = ",",
            description =
                    "Methods of --baseline to compare with, or configurations METHOD:VARIANT (default: all). Fewer"
                            + " tests need a smaller correction; choose before you see the numbers.")
    private @Nullable List<String> methods;

    @Option(
            names = "--metrics",
            paramLabel = "KEYS",
            split = ",",
            description = "Metrics to print and compare; the first ranks the summary (default: the first three that"
                    + " the protocol shows).")
    private @Nullable List<String> metrics;

    @Mixin
    private final BitsOption bits = new BitsOption();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the results.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WorkersOption workers = new WorkersOption();

    @Override
    public Integer call() throws IOException {
        int parallel = workers.count();
        WrittenFiles.requireParent("--out", out);
        ExistingResults.requireKind(out);
        ProjectHome home = ProjectHome.find();
        Task read = Task.read(task);
        selection.defaultTo(read.protocol());
        Protocol protocol = selection.protocol(home);
        requireChoice(read, protocol);
        SubmissionFolder folder = SubmissionFolder.read(submission);
        Scoring scoring = Scoring.of(read, task.resolve(Task.FILE), folder, protocol);
        ExistingResults.requireOf(out, protocol);
        Evidence compared = others(home);
        Results others = compared == null ? null : compared.results();
        Progress progress = progress();
        FeatureData data =
                selection.prepare(home, protocol, progress, err(), changed -> ExistingResults.requireOf(out, changed));
        Scoring.Checked checked = scoring.check(data, others, kept(home, protocol));
        checked.notes().forEach(progress::note);
        Results results;
        try (OutputFolder open = OutputFolder.open(out)) {
            results = checked.score(new Runner(parallel, progress), open);
        }
        String name = folder.submission().name();
        Optional<SubmissionListing.Baseline> baseline = Optional.ofNullable(compared)
                .map(all -> new SubmissionListing.Baseline(ResultsJson.file(Objects.requireNonNull(against)), all));
        List<String> shown = metrics == null
                ? protocol.headline().stream().limit(SHOWN_METRICS).toList()
                : metrics;
        print(new SubmissionListing(
                        name,
                        out.resolve(ResultsJson.FILE),
                        new Evidence(
                                scope().of(results), Evidence.of(results, out).queries()),
                        baseline,
                        shown.stream().map(StandardMetrics::quantity).toList())
                .tables());
        if (metrics == null) {
            say("metrics shown: " + String.join(", ", shown)
                    + "; --metrics shows others, and results.json contains all.");
        }
        if (others != null) {
            explain(name);
        }
        return report(results, checked.flags());
    }

    /** The results that linfhash comes with, of versions of the protocol. */
    private static List<Results> kept(ProjectHome home, Protocol protocol) throws IOException {
        if (!Files.isDirectory(home.results())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(home.results())) {
            return folders.filter(folder -> String.valueOf(folder.getFileName()).startsWith(protocol.name() + "-e"))
                    .sorted()
                    .flatMap(folder -> ResultsJson.in(folder).stream())
                    .map(ResultsJson::read)
                    .toList();
        }
    }

    /** Checks the names that need no results. */
    private void requireChoice(Task read, Protocol protocol) {
        if (methods != null && against == null) {
            throw new InputException("--methods requires --baseline: name the results that have the methods");
        }
        for (int length : bits.or(List.of())) {
            if (!read.bits().contains(length)) {
                throw new InputException(
                        "--bits: expected code lengths of the task, " + read.bits() + ", found " + length);
            }
        }
        if (metrics != null) {
            Set<String> known = new LinkedHashSet<>(protocol.headline());
            StandardMetrics.ALL.stream()
                    .filter(metric -> metric.source() == Metric.Source.DISTANCES)
                    .forEach(metric -> known.add(metric.key()));
            for (String metric : metrics) {
                if (!known.contains(metric)) {
                    throw new InputException("--metrics: expected some of " + String.join(", ", known) + ", found '"
                            + metric + "'" + Suggestion.of(metric, known));
                }
            }
        }
    }

    /** Reads the results that the submission is compared with; null where the options name none. */
    private @Nullable Evidence others(ProjectHome home) throws IOException {
        if (against == null) {
            return null;
        }
        Results all = ReportCommand.today(home, ResultsJson.read(against));
        Evidence evidence =
                Evidence.of(all, ResultsJson.file(against).toAbsolutePath().resolveSibling(""));
        for (String method : methods == null ? List.<String>of() : methods) {
            if (all.protocol().methods().stream()
                    .noneMatch(one -> one.entry().equals(method) || one.name().equals(method))) {
                throw new InputException("--methods: expected some of "
                        + String.join(", ", all.protocol().methodNames()) + ", which " + against
                        + " has, found '" + method + "'");
            }
        }
        Scope scope = new Scope(Optional.ofNullable(methods).map(Set::copyOf), scope().bits(), Optional.empty());
        return new Evidence(scope.of(all), evidence.queries());
    }

    /** The code lengths that are shown. */
    private Scope scope() {
        return new Scope(Optional.empty(), bits.scope(), Optional.empty());
    }

    private void explain(String name) {
        say("difference: " + name
                + " minus the method, over the tuning runs and seeds of both, with its own 95% interval, not corrected for"
                + " several tests; p: of the difference being 0, after Holm's correction over the tests (column 'tests') of"
                + " one metric at one code length.");
        say("group, p to best: of the rows shown, as 'linfhash results rank' makes them: each configuration is tested"
                + " against all with a lower mean, with Holm's correction. Two groups need not differ significantly.");
    }

    private int report(Results results, List<Flag> flags) {
        say("wrote " + out.resolve(ResultsJson.FILE));
        int failed = FailedRuns.report(results, spec());
        flags.forEach(flag -> note("flagged: " + flag.sentence() + "."));
        return failed != ExitCodes.OK || flags.isEmpty() ? failed : ExitCodes.FOUND;
    }
}
