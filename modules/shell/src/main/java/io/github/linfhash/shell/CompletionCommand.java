package io.github.linfhash.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/** {@code linfhash completion}: prints a script with which a shell completes commands, options and choices. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options and choices in your shell.",
        footer = {
            "  source <(linfhash completion bash)",
            "      in ~/.bashrc",
            "  source <(linfhash completion zsh)",
            "      in ~/.zshrc",
            "  linfhash completion fish > ~/.config/fish/completions/linfhash.fish"
        })
public final class CompletionCommand extends BaseCommand {
    /** The name of this command. */
    public static final String NAME = "completion";

    private static final Pattern CONSTANT = Pattern.compile("\"[A-Z][A-Z0-9_]*\"");

    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine program = spec().root().commandLine();
        print(
                switch (shell) {
                    case BASH, ZSH -> bash(program);
                    case FISH -> fish(program.getCommandSpec());
                });
        return ExitCodes.OK;
    }

    /** Returns picocli's script for bash and zsh, with Java constants in lower case. */
    private static String bash(CommandLine program) {
        return AutoComplete.bash(program.getCommandName(), program)
                .lines()
                .map(line -> line.contains("_args=(")
                        ? CONSTANT.matcher(line)
                                .replaceAll(found -> found.group().toLowerCase(Locale.ROOT))
                        : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Returns the script for fish: a line for each command, option and choice. */
    private static String fish(CommandSpec program) {
        List<String> lines = new ArrayList<>(List.of("# Completion of linfhash for fish."));
        addCommands(lines, program, "__fish_use_subcommand");
        program.subcommands().forEach((name, command) -> {
            String here = "__fish_seen_subcommand_from " + name;
            Map<String, CommandLine> members = command.getSubcommands();
            if (members.isEmpty()) {
                addArguments(lines, command.getCommandSpec(), here);
                return;
            }
            addCommands(
                    lines,
                    command.getCommandSpec(),
                    here + "; and not __fish_seen_subcommand_from " + String.join(" ", members.keySet()));
            members.forEach((member, line) ->
                    addArguments(lines, line.getCommandSpec(), here + "; and __fish_seen_subcommand_from " + member));
        });
        return String.join("\n", lines) + "\n";
    }

    private static void addCommands(List<String> lines, CommandSpec of, String when) {
        of.subcommands()
                .forEach((name, command) -> lines.add(complete(of, when) + " -f -a " + name + " -d "
                        + described(command.getCommandSpec().usageMessage().description())));
    }

    private static void addArguments(List<String> lines, CommandSpec command, String when) {
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String names = List.of(option.names()).stream()
                        .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                        .collect(Collectors.joining());
                lines.add(complete(command, when) + names + value(option) + " -d " + described(option.description()));
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            lines.add(complete(command, when) + value(parameter));
        }
    }

    private static String complete(CommandSpec command, String when) {
        return "complete -c " + command.root().name() + " -n " + quoted(when);
    }

    /** Returns the words of fish that say whether no value, a choice, a file or another value follows. */
    private static String value(ArgSpec argument) {
        if (argument.arity().max() == 0) {
            return " -f";
        }
        if (argument.completionCandidates() != null) {
            String choices = StreamSupport.stream(
                            argument.completionCandidates().spliterator(), false)
                    .map(choice -> choice.toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" "));
            // A name may stand for a file, too.
            String only = argument.isOption() ? argument.typeInfo().isEnum() ? " -x" : " -r" : " -f";
            return only + " -a " + quoted(choices);
        }
        boolean file = argument.auxiliaryTypes()[0].equals(Path.class);
        return argument.isOption() ? file ? " -r -F" : " -x" : file ? " -F" : " -f";
    }

    /** Returns the first sentence of a description. */
    private static String described(String[] description) {
        String text = description.length == 0 ? "" : String.format(Locale.ROOT, description[0]);
        return quoted(text.strip().replaceAll("\\s+", " ").replaceFirst("\\.( .*)?$", ""));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
