package io.github.linfhash.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself; all work is done by its commands. */
@Command(
        name = "linfhash",
        description = "Reproduces and compares learning-to-hash methods under audited protocols.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {
            ReproduceCommand.class,
            FetchCommand.class,
            InitCommand.class,
            RenderCommand.class,
            ListCommand.class,
            ShowCommand.class,
            FeaturesCommand.class,
            TrainCommand.class,
            EncodeCommand.class,
            SearchCommand.class,
            ExportCommand.class,
            EvaluateCommand.class,
            TuneCommand.class,
            Figure5Command.class,
            Figure6Command.class,
            RobustnessCommand.class,
            GenerateCommand.class,
            RegressCommand.class,
            AuditTableCommand.class,
            ClaimsCommand.class,
            CompareCommand.class,
            HistoryCommand.class,
            ReproductionLogCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash reproduce",
            "      the default protocol, from the images that come with linfhash",
            "  linfhash reproduce --protocol cifar10 --data ~/data",
            "      Table 2 of the paper, where ~/data holds cifar-10-batches-bin",
            "  linfhash list methods",
            "  linfhash show cifar10",
            "  linfhash spark --help",
            "      data that is larger than a machine, by Apache Spark",
            "",
            "Data goes to standard output, everything else to standard error."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a run failed, or a file or standard output could not be written",
            "2:an option, a file or a protocol is not right; nothing was written",
            "3:a number is not what it should be: a regression, a table that cannot be right, or a machine that may give",
            "  other results",
            "141:nobody read standard output to its end, as in linfhash list | head -n 1"
        })
final class LinfhashCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before any command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
