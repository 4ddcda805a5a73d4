package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.Acceptance.EffectiveOptions;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Regression;
import io.github.linfhash.results.regression.RegressionReport;
import io.github.linfhash.results.regression.Scope;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code linfhash results check}: compares a run with the reference results. */
@Command(
        name = "check",
        description =
                "Compares a run with the reference results (reports/expected/PROTOCOL.yaml); exit code 3 if they differ.",
        footer = {
            "  linfhash results check --protocol fashion-mnist --seeds 0,1",
            "  linfhash results check --protocol cifar10 --data ~/data --bits 48 --seeds 0",
            "  linfhash results check --protocol cifar10 --results reports/out/cifar10/results.json --format json",
            "",
            "Checks are OK, CHANGED (better or worse), MISSING (expected, not measured) or NEW (measured, not",
            "expected). The table omits OK; json and csv list all. Equal codes must give equal metrics, and equal",
            "environments equal codes; otherwise metrics may move within the file's tolerance. Finished runs are",
            "reused."
        })
final class CheckCommand extends ReferenceCommand {
    @Override
    int call(ProjectHome home, Protocol protocol, ExpectedFile file) throws IOException {
        Expected expected = file.read();
        Scope scope = runs().scope();
        List<Long> seeds = seeds(expected, scope);
        RunPlan plan = plan(home, protocol, seeds);
        Results results = results(home, plan, methods -> requireOptions(expected, plan, methods));
        RegressionReport report = Regression.compare(expected, results, scope);
        print(report);
        return report.ok() ? ExitCodes.OK : ExitCodes.FOUND;
    }

    private static List<Long> seeds(Expected expected, Scope scope) {
        scope.seeds()
                .ifPresent(wanted -> wanted.forEach(seed -> {
                    if (!expected.seeds().contains(seed)) {
                        throw new InputException("--seeds: expected seeds with reference results, " + expected.seeds()
                                + ", found " + seed);
                    }
                }));
        return expected.seeds().stream()
                .filter(seed -> scope.seeds().map(set -> set.contains(seed)).orElse(true))
                .toList();
    }

    /** Where the expected results do not say their options, those of the protocol stand for them. */
    private void requireOptions(Expected expected, RunPlan plan, List<Configuration> methods) {
        Map<String, Configuration> ofProtocol = plan.known().stream()
                .map(method -> method.configuration(plan.bits()))
                .collect(Collectors.toMap(Configuration::entry, method -> method));
        EffectiveOptions.require(
                expected, methods, runs().scope(), cell -> Optional.ofNullable(ofProtocol.get(cell.entry())));
    }
}
