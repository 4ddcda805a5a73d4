package io.github.linfhash.cli;

import io.github.linfhash.experiment.home.Machine;
import io.github.linfhash.results.schema.EnvironmentSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself; all work is done by its commands. */
@Command(
        name = "linfhash",
        description = "Reproduces and compares learning-to-hash methods under audited protocols.",
        mixinStandardHelpOptions = true,
        versionProvider = LinfhashCommand.VersionProvider.class,
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
            "  linfhash embed --help",
            "      vectors of texts and images, by published models",
            "",
            "Data goes to standard output, everything else to standard error."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a run failed, or a file or standard output could not be written",
            "2:an option, a file or a protocol is not right; nothing was written",
            "3:a number is not what it should be: a regression, a table that cannot be right, a submission that is"
                    + " flagged, or a machine that may give other results",
            "141:nobody read standard output to its end, as in linfhash list | head -n 1"
        })
final class LinfhashCommand implements Runnable {
    /** The commands, in the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            FetchCommand.class,
            InitCommand.class,
            ReportCommand.class,
            ListCommand.class,
            ShowCommand.class,
            FeaturesCommand.class,
            TrainCommand.class,
            EncodeCommand.class,
            SearchCommand.class,
            AdviseCommand.class,
            ExportCommand.class,
            EvaluateCommand.class,
            TaskCreateCommand.class,
            TaskScoreCommand.class,
            TuneCommand.class,
            EffortCommand.class,
            Figure5Command.class,
            Figure6Command.class,
            GenerateCommand.class,
            CheckCommand.class,
            AuditCommand.class,
            ClaimsCommand.class,
            CompareCommand.class,
            MergeCommand.class,
            ConvertCommand.class,
            RankCommand.class,
            DoctorCommand.class,
            HelpCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before any command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** The program with all of its commands. */
    static CommandLine withAll() {
        CommandLine program = new CommandLine(new LinfhashCommand());
        COMMANDS.forEach(program::addSubcommand);
        return program;
    }

    /**
     * The program with those commands that certain words can be about: all of them unless the first word names one or asks for the
     * list. To read the options of all takes half of the time of a command that only tells something.
     */
    static CommandLine with(String... words) {
        String first = words.length == 0 ? "" : words[0];
        CommandLine program = new CommandLine(new LinfhashCommand());
        if (first.equals("--help") || first.equals("-h")) {
            COMMANDS.forEach(command -> program.addSubcommand(namesOf(command)));
            return program;
        }
        Optional<Class<?>> named = COMMANDS.stream()
                .filter(command -> !command.equals(HelpCommand.class)
                        && words(command).name().equals(first))
                .findFirst();
        if (named.isEmpty()) {
            return withAll();
        }
        return program.addSubcommand(named.get());
    }

    /** What the list of commands shows of one, without its options. */
    private static CommandLine namesOf(Class<?> command) {
        CommandSpec spec = CommandSpec.create().name(words(command).name());
        spec.usageMessage()
                .header(words(command).header())
                .description(words(command).description());
        return new CommandLine(spec);
    }

    private static Command words(Class<?> command) {
        return Objects.requireNonNull(command.getAnnotation(Command.class), command.getName());
    }

    /** What {@code --version} prints. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            EnvironmentSummary environment = Machine.describe(1);
            return new String[] {
                "linfhash " + environment.version() + " (" + environment.commit() + ")",
                environment.jdk() + ", " + environment.os(),
                environment.backend()
            };
        }
    }
}
