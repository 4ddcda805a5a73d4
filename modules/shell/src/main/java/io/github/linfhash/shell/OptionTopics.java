package io.github.linfhash.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The topics by which the help of a command groups its options if there are many. */
enum OptionTopics {
    INPUT("Input", Set.of("--protocol", "--database-size", "--max-vectors", "--skip-invalid", "--skip-unreadable")),
    LAYOUT(
            "Layout of the files",
            Set.of("--delimiter", "--header", "--index-base", "--dimension", "--label-column", "--id-column")),
    SETTINGS("Settings", Set.of()),
    ENGINE("Engine", Set.of("--engine", "--table", "--column", "--key-column")),
    CHECK("Check of a fitted quantizer", Set.of("--check", "--target", "--max-shift", "--oversampling")),
    OUTPUT("Output", Set.of("--with-vectors", "--format", "--force", ConsoleProgress.QUIET, "--help", "--version"));

    /** A command with more options than this shows topics, and a synopsis with the required options only. */
    private static final int FEW = 8;

    /** The width of a synopsis in columns. */
    private static final int WIDTH = 80 - "Usage: ".length();

    private final String heading;

    @SuppressWarnings("ImmutableEnumChecker") // a set that nobody changes
    private final Set<String> names;

    OptionTopics(String heading, Set<String> names) {
        this.heading = heading;
        this.names = names;
    }

    /** Returns whether the help of a command is grouped by topics: it has many options, and no headings of its own. */
    static boolean areFor(CommandSpec command) {
        return command.options().size() > FEW && !haveHeadings(command.argGroups());
    }

    private static boolean haveHeadings(List<ArgGroupSpec> groups) {
        return groups.stream().anyMatch(group -> group.heading() != null || haveHeadings(group.subgroups()));
    }

    private static OptionTopics of(OptionSpec option, CommandSpec command) {
        String name = option.longestName();
        if (NamedFiles.WRITTEN.contains(name) || OUTPUT.names.contains(name)) {
            return OUTPUT;
        }
        for (OptionTopics topic : List.of(ENGINE, CHECK)) {
            if (topic.names.contains(name)
                    && topic.names.stream().allMatch(other -> command.findOption(other) != null)) {
                return topic;
            }
        }
        return LAYOUT.names.contains(name)
                ? LAYOUT
                : INPUT.names.contains(name) || NamedFiles.isRead(option) ? INPUT : SETTINGS;
    }

    /** Lists the options of a command by topic, required options first. */
    static String list(Help help) {
        CommandSpec command = help.commandSpec();
        return Stream.of(values())
                .map(topic -> {
                    List<OptionSpec> options = command.options().stream()
                            .filter(option -> !option.hidden() && of(option, command) == topic)
                            .sorted(Comparator.comparing((OptionSpec option) -> !option.required())
                                    .thenComparing(
                                            option -> !option.longestName().equals(topic.first()))
                                    .thenComparing(OptionSpec::longestName))
                            .toList();
                    Layout layout = help.createDefaultLayout(
                            command.options(), command.positionalParameters(), help.colorScheme());
                    layout.addOptions(options, help.parameterLabelRenderer());
                    return options.isEmpty() ? "" : String.format(Locale.ROOT, "%n%s:%n", topic.heading) + layout;
                })
                .collect(Collectors.joining());
    }

    /** Returns the option on which the others of a topic depend. */
    private String first() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** Returns the command with its required options, in lines no wider than the rest of the help. */
    static String[] synopsis(CommandSpec command) {
        Stream<String> options = command.options().stream()
                .filter(option -> option.required() && option.group() == null)
                .map(option -> option.longestName() + " " + option.paramLabel());
        Stream<String> parameters = command.positionalParameters().stream().map(PositionalParamSpec::paramLabel);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(command.qualifiedName() + " [OPTIONS]");
        Stream.concat(options, parameters).forEach(words -> {
            if (line.length() + words.length() >= WIDTH) {
                lines.add(line.toString());
                line.replace(0, line.length(), "     ");
            }
            line.append(' ').append(words);
        });
        lines.add(line.toString());
        return lines.toArray(String[]::new);
    }
}
