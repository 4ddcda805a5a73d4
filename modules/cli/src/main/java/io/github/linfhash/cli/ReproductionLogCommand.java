package io.github.linfhash.cli;

import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.experiment.regression.ReproductionLogSource;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code linfhash reproduction-log}: the held results of all protocols, as docs/reproduction-log.md. */
@Command(
        name = "reproduction-log",
        description =
                "In a checkout: prints docs/reproduction-log.md, what reports/expected holds beside what the paper"
                        + " prints.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  linfhash reproduction-log > docs/reproduction-log.md")
final class ReproductionLogCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProjectHome home = ProjectHome.find();
        home.requireCheckout("reproduction-log");
        spec.commandLine().getOut().print(ReproductionLogSource.text(home));
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }
}
