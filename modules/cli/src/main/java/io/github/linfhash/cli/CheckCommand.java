package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.experiment.regression.AllureCases;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.experiment.runner.OutputFolder;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.Acceptance;
import io.github.linfhash.results.regression.Check;
import io.github.linfhash.results.regression.Digits;
import io.github.linfhash.results.regression.EffectiveOptions;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Regression;
import io.github.linfhash.results.regression.RegressionJson;
import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.regression.Scope;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linfhash regress}: holds a run against what is expected of it. */
@Command(
        name = "regress",
        description = "Compares a run with reports/expected/PROTOCOL.yaml; exit code 3 if anything differs.",
        footer = {
            "  linfhash regress --protocol fashion-mnist --seeds 0,1",
            "  linfhash regress --protocol cifar10 --data ~/data --bits 48 --seeds 0",
            "  linfhash regress --protocol cifar10 --results reports/out/cifar10/results.json --format json",
            "  linfhash regress --protocol fashion-mnist --accept",
            "",
            "OK, CHANGED (better or worse: both are a difference), MISSING (expected, not measured), NEW (measured, not",
            "expected). Same codes must give same metrics; the same environment must give the same codes; else a metric",
            "may move within the tolerance that the file gives. Finished runs of the output folder are reused.",
            "A table lists what is not OK; json and csv list all checks."
        })
final class CheckCommand extends TableCommand {
    @Mixin
    private final ProtocolSelection selection = new ProtocolSelection();

    @Mixin
    private final RunSelection runs = new RunSelection();

    @Option(names = "--results", paramLabel = "FILE", description = "Compare this results.json instead of running.")
    private @Nullable Path resultsFile;

    @Mixin
    private final RunOutput output = new RunOutput();

    @Option(
            names = "--allure",
            paramLabel = "DIR",
            description = "Also write each check as an Allure test case into this folder.")
    private @Nullable Path allure;

    @Option(
            names = "--accept",
            description =
                    "Make the results the reference results, and print what moved. Those of a protocol file of your own go"
                            + " beside it. --methods and --bits replace these cells alone.")
    private boolean accept;

    @Override
    public Integer call() throws IOException {
        if (runs.quick()) {
            throw new InputException("--quick: expected a run of the protocol itself, found its short version");
        }
        output.check();
        ProjectHome home = ProjectHome.find();
        Protocol protocol = selection.protocol(home);
        ExpectedFile file = new ExpectedFile(selection.expected(home, protocol), protocol.name());
        if (allure != null) {
            WrittenFiles.requireParent("--allure", allure);
        }
        return accept ? accept(home, protocol, file) : compare(home, protocol, file);
    }

    private int compare(ProjectHome home, Protocol protocol, ExpectedFile file) throws IOException {
        Expected expected = file.read();
        Scope scope = runs.scope();
        List<Long> seeds = seeds(expected, scope);
        Results results = results(home, protocol, seeds, methods -> requireOptions(expected, protocol, methods));
        RegressionReport report = Regression.compare(expected, results, scope);
        if (allure != null) {
            String table = listing(report.checks()).text();
            AllureCases.write(allure, report, results, table);
        }
        print(
                switch (format()) {
                    case TABLE -> text(report);
                    case CSV -> format().render(listing(report.checks()));
                    case JSON -> RegressionJson.text(report);
                });
        return report.ok() ? ExitCodes.OK : ExitCodes.FOUND;
    }

    private int accept(ProjectHome home, Protocol protocol, ExpectedFile file) throws IOException {
        // What a protocol of the user's own measures is no change of this program.
        if (!selection.own(home)) {
            home.requireCheckout("--accept");
        }
        Optional<Expected> previous = file.readIfThere();
        List<Long> seeds = runs.scope().seeds().isEmpty() && previous.isPresent()
                ? previous.get().seeds()
                : runs.of(protocol).seeds(protocol);
        Results results = results(home, protocol, seeds, methods -> {});
        Predicate<RunKey> planned = runs.of(protocol)
                .planned(protocol, results.protocol().features().dimension());
        Expected next = Acceptance.of(results, previous, runs.scope(), planned);
        Optional<RegressionReport> moved = previous.map(before -> Regression.compare(before, results, runs.scope()));
        file.write(next);
        moved.ifPresent(report -> print(text(report)));
        say("wrote " + file.path());
        return ExitCodes.OK;
    }

    private static List<Long> seeds(Expected expected, Scope scope) {
        scope.seeds()
                .ifPresent(wanted -> wanted.forEach(seed -> {
                    if (!expected.seeds().contains(seed)) {
                        throw new InputException("--seeds: expected some of " + expected.seeds()
                                + ", of which results are expected, found " + seed);
                    }
                }));
        return expected.seeds().stream()
                .filter(seed -> scope.seeds().map(set -> set.contains(seed)).orElse(true))
                .toList();
    }

    /** Measured, or read and narrowed to what the options name; a results.json holds all runs of its folder. */
    private Results results(
            ProjectHome home, Protocol protocol, List<Long> seeds, Consumer<List<MethodSummary>> methods)
            throws IOException {
        if (resultsFile != null) {
            Results read = runs.scope().of(ResultsJson.read(resultsFile));
            if (read.protocol().name().equals(protocol.name())) {
                methods.accept(read.protocol().methods());
            }
            return read;
        }
        Selection part = runs.of(protocol).withSeeds(seeds.toArray(Long[]::new));
        methods.accept(part.comparison(protocol, MethodRegistry.standard()).methods().stream()
                .map(ConfiguredMethod::summary)
                .toList());
        Path folder = output.folder(home, selection, protocol, part);
        Experiment experiment = output.prepare(home, selection, protocol, part, folder, false, TrainingDevice.DEFAULT);
        try (OutputFolder open = OutputFolder.open(folder)) {
            return experiment.runs(open);
        }
    }

    /** Where the expected results do not say their options, those of the protocol stand for them. */
    private void requireOptions(Expected expected, Protocol protocol, List<MethodSummary> methods) {
        Map<String, MethodSummary> ofProtocol =
                runs.of(protocol).allMethods(protocol, MethodRegistry.standard(), List.of()).stream()
                        .map(ConfiguredMethod::summary)
                        .collect(Collectors.toMap(MethodSummary::entry, method -> method));
        EffectiveOptions.require(
                expected, methods, runs.scope(), cell -> Optional.ofNullable(ofProtocol.get(cell.entry())));
    }

    /** The given checks of a report, one a row. */
    private static Listing listing(List<Check> checks) {
        Listing listing = new Listing("verdict", "cell", "what", "expected", "measured", "tolerance", "note");
        for (Check check : checks) {
            listing.add(
                    check.verdict().text(),
                    check.subject().cell(),
                    check.subject().what(),
                    number(check, Check.Numbers::expected),
                    number(check, Check.Numbers::measured),
                    number(check, Check.Numbers::tolerance),
                    check.note());
        }
        return listing;
    }

    /** What a console shows: what is not OK, then one line that counts. */
    private static String text(RegressionReport report) {
        List<Check> failed = report.failed();
        String rows = failed.isEmpty() ? "" : listing(failed).text() + "\n";
        String environment = report.sameEnvironment()
                ? ""
                : "The expected results are of another environment: codes may differ, metrics within their tolerance.\n";
        return rows + environment + report.summary() + "\n";
    }

    private static String number(Check check, ToDoubleFunction<Check.Numbers> part) {
        return check.numbers()
                .map(numbers -> Digits.text(part.applyAsDouble(numbers)))
                .orElse("");
    }
}
