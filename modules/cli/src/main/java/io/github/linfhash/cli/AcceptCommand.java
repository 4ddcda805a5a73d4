package io.github.linfhash.cli;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.experiment.RunPlan;
import io.github.linfhash.experiment.environment.ProjectHome;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.results.regression.Acceptance;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.Regression;
import io.github.linfhash.results.regression.Scope;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;

/** {@code linfhash results accept}: makes a run the reference results. */
@Command(
        name = "accept",
        description = "Stores the results of a run as reference results, and prints the changes.",
        footer = {
            "  linfhash results accept --protocol fashion-mnist",
            "  linfhash results accept --protocol cifar10 --results reports/out/cifar10/results.json",
            "",
            "Reference results of your own protocol file are stored next to it. --methods and --bits limit what is",
            "replaced."
        })
final class AcceptCommand extends ReferenceCommand {
    @Override
    int call(ProjectHome home, Protocol protocol, ExpectedFile file) throws IOException {
        // What a protocol of the user's own measures is no change of this program.
        if (!selection().own(home)) {
            home.requireCheckout("accept");
        }
        Optional<Expected> previous = file.readIfThere();
        Scope scope = runs().scope();
        List<Long> seeds = scope.seeds().isEmpty() && previous.isPresent()
                ? previous.get().seeds()
                : runs().of(protocol).seeds(protocol);
        RunPlan plan = plan(home, protocol, seeds);
        Results results = results(home, plan, methods -> {});
        Predicate<RunKey> planned = plan.planned(results.protocol().features().dimension());
        Expected next = Acceptance.of(results, previous, scope, planned);
        file.write(next);
        previous.ifPresent(before -> print(Regression.compare(before, results, scope)));
        say("wrote " + file.path());
        return ExitCodes.OK;
    }
}
