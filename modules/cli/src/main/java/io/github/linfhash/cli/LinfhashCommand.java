package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.AdviseCommand;
import io.github.linfhash.advisor.command.QuantizeCommand;
import io.github.linfhash.advisor.command.RecallCommand;
import io.github.linfhash.experiment.environment.Environment;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.shell.CacheCommand;
import io.github.linfhash.shell.CompletionCommand;
import io.github.linfhash.shell.ExitCodes;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself; all work is done by its commands. */
@Command(
        name = "linfhash",
        description = "Reproducible benchmarks of compact codes: learning to hash, and quantized embeddings.",
        mixinStandardHelpOptions = true,
        versionProvider = LinfhashCommand.VersionProvider.class,
        customSynopsis = "linfhash [-hV] COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  linfhash advise --vectors embeddings.npy",
            "      recommends a quantizer for your embeddings",
            "  linfhash run",
            "      runs the default protocol on images that are part of linfhash",
            "  linfhash run --protocol cifar10 --data ~/data",
            "      Table 2 of the paper; ~/data contains cifar-10-batches-bin",
            "  linfhash list methods",
            "  linfhash show cifar10",
            "",
            "'linfhash COMMAND --help' prints options and examples. Data goes to standard output, everything else to",
            "standard error."
        },
        exitCodeListHeading = "%nExit codes:%n")
public final class LinfhashCommand implements Callable<Integer> {
    /** The description of {@code embed}, a command of another module, in the list of commands. */
    public static final String EMBED =
            "Computes embeddings of texts with a published model, or of images with any ONNX model, as .npy.";

    /** The description of {@code spark}, a command of another module, in the list of commands. */
    public static final String SPARK = "Encodes, evaluates and searches data larger than one machine with Apache Spark:"
            + " encode, evaluate, search, neighbors and recall.";

    /**
     * A line of the list of commands.
     *
     * @param group the word before its name, or "" for none
     * @param type its class; null for a command of another module
     */
    private record Entry(
            String group,
            String name,
            String description,
            @Nullable Class<?> type) {
        static Entry of(String group, Class<?> type) {
            Command words = Objects.requireNonNull(type.getAnnotation(Command.class), type.getName());
            String[] lines = words.header().length > 0 ? words.header() : words.description();
            return lines.length == 0
                    ? new Entry(group, words.name(), of(group, type.getSuperclass()).description, type)
                    : new Entry(group, words.name(), lines[0], type);
        }

        String words() {
            return group.isEmpty() ? name : group + " " + name;
        }
    }

    /** The commands below one heading, in the order of the list. */
    private record Topic(String heading, List<Entry> entries) {
        /** Returns this topic with more commands, of a group or, where its name is empty, of none. */
        Topic with(String group, Class<?>... types) {
            return with(Arrays.stream(types).map(type -> Entry.of(group, type)));
        }

        Topic with(Stream<Entry> more) {
            return new Topic(heading, Stream.concat(entries.stream(), more).toList());
        }
    }

    private static Topic topic(String heading) {
        return new Topic(heading, List.of());
    }

    private static final List<Topic> TOPICS = List.of(
            topic("Vectors and quantization")
                    .with(Stream.of(new Entry("", "embed", EMBED, null)))
                    .with("", AdviseWithHashingCommand.class)
                    .with(Stream.of(
                            new Entry("", "measure", AdviseCommand.MEASURE, null),
                            new Entry("", "watch", AdviseCommand.WATCH, null)))
                    .with("", QuantizeCommand.class, RecallCommand.class),
            topic("Benchmarks")
                    .with("", InitCommand.class, FetchCommand.class, RunCommand.class, TuneCommand.class)
                    .with("", EffortCommand.class, ReportCommand.class)
                    .with("data", FeaturesCommand.class, GenerateCommand.class),
            topic("Models and codes")
                    .with("", TrainCommand.class, EncodeCommand.class, SearchCommand.class, ExportCommand.class),
            topic("Your method")
                    .with("", SplitCommand.class, EvaluateCommand.class)
                    .with("task", TaskCreateCommand.class, TaskScoreCommand.class),
            topic("Results")
                    .with("results", CompareCommand.class, MergeCommand.class, CheckCommand.class, AcceptCommand.class)
                    .with("results", RankCommand.class, PackCommand.class),
            topic("The paper")
                    .with("paper", ClaimsCommand.class, Figure5Command.class, Figure6Command.class, AuditCommand.class),
            topic("Information")
                    .with("", ListCommand.class, ShowCommand.class, DoctorCommand.class)
                    .with("", CacheCommand.class, CompletionCommand.class, HelpCommand.class),
            topic("Cluster").with(Stream.of(new Entry("", "spark", SPARK, null))));

    /** Commands with commands of their own, and what these are about. */
    private static final Map<String, String> GROUPS = Map.of(
            "data", "Writes a protocol's features, or generates synthetic data.",
            "task", "Creates blind tasks for your own method, and scores submissions.",
            "results", "Compares, merges, checks, accepts, ranks and packs results files.",
            "paper", "Tests the paper's claims, reproduces its figures, and audits published tables.");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before any command runs
    private CommandSpec spec;

    /** The commands that the program without words names. */
    private static final Set<String> COMMON =
            Set.of("embed", "advise", "measure", "watch", "quantize", "recall", "init", "run", "report", "list");

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        err.println("linfhash: Missing command. Common commands:");
        TOPICS.stream()
                .flatMap(topic -> topic.entries().stream())
                .filter(entry -> entry.group().isEmpty() && COMMON.contains(entry.name()))
                .forEach(entry -> err.printf(
                        Locale.ROOT, "  %-9s %s%n", entry.name(), String.format(Locale.ROOT, entry.description())));
        err.println("'linfhash --help' lists all commands.");
        return ExitCodes.BAD_INPUT;
    }

    /** A command that has only commands of its own. */
    @Command(mixinStandardHelpOptions = true)
    private static final class GroupCommand implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before any command runs
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing command: expected one of "
                            + String.join(", ", spec.subcommands().keySet()));
        }
    }

    /** The program with all of its commands. */
    static CommandLine withAll() {
        CommandLine program = alone();
        entries("").forEach(entry -> program.addSubcommand(entry.type()));
        GROUPS.keySet().stream().sorted().forEach(group -> addGroup(program, group));
        return program;
    }

    /**
     * The program with those commands that certain words can be about: all of them unless the first word names one or asks for the
     * list. To read the options of all takes half of the time of a command that only tells something.
     */
    static CommandLine with(String... words) {
        String first = words.length == 0 ? "" : words[0];
        CommandLine program = alone();
        if (GROUPS.containsKey(first)) {
            addGroup(program, first);
            return program;
        }
        Optional<Entry> named = entries("")
                .filter(entry -> entry.name().equals(first)
                        && entry.type() != HelpCommand.class
                        && entry.type() != CompletionCommand.class)
                .findFirst();
        if (named.isPresent()) {
            return program.addSubcommand(named.get().type());
        }
        return first.equals("--help") || first.equals("-h")
                ? program
                : first.equals(CompletionCommand.NAME) ? withOthers(withAll()) : withAll();
    }

    /** Adds the names of commands of other modules. */
    private static CommandLine withOthers(CommandLine program) {
        TOPICS.stream()
                .flatMap(topic -> topic.entries().stream())
                .filter(entry -> entry.type() == null)
                .forEach(entry -> {
                    CommandSpec other = CommandSpec.create().name(entry.name());
                    other.usageMessage().description(entry.description());
                    program.addSubcommand(other.name(), new CommandLine(other));
                });
        return program;
    }

    private static CommandLine alone() {
        CommandLine program = new CommandLine(new LinfhashCommand());
        program.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, LinfhashCommand::list);
        program.getCommandSpec().usageMessage().exitCodeList(ExitCodes.MEANINGS);
        return program;
    }

    private static Stream<Entry> entries(String group) {
        return TOPICS.stream()
                .flatMap(topic -> topic.entries().stream())
                .filter(entry -> entry.group().equals(group) && entry.type() != null);
    }

    private static void addGroup(CommandLine program, String name) {
        CommandLine group = new CommandLine(new GroupCommand());
        group.getCommandSpec().name(name).usageMessage().description(Objects.requireNonNull(GROUPS.get(name)));
        entries(name).forEach(entry -> group.addSubcommand(entry.type()));
        program.addSubcommand(name, group);
    }

    /** The list of commands, below their headings. */
    private static String list(Help help) {
        int names = TOPICS.stream()
                .flatMap(topic -> topic.entries().stream())
                .mapToInt(entry -> entry.words().length())
                .max()
                .orElseThrow();
        int width = help.commandSpec().usageMessage().width();
        StringBuilder text = new StringBuilder();
        for (Topic topic : TOPICS) {
            TextTable table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(names + 2, 2, Overflow.SPAN),
                    new Column(width - names - 2, 2, Overflow.WRAP));
            for (Entry entry : topic.entries()) {
                table.addRowValues(
                        help.colorScheme().commandText(entry.words()),
                        help.colorScheme().text(String.format(Locale.ROOT, entry.description())));
            }
            text.append(String.format(Locale.ROOT, "%n%s:%n", topic.heading())).append(table);
        }
        return text.toString();
    }

    /** The text that {@code --version} prints. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            EnvironmentSummary environment = Environment.describe(1);
            return new String[] {
                "linfhash " + environment.version() + " (" + environment.commit() + ")",
                environment.jdk() + ", " + environment.os(),
                environment.backend()
            };
        }
    }
}
