package io.github.linfhash.shell;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.PlainText;
import io.github.linfhash.core.errors.Suggestion;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The base of every program of linfhash: a command line whose failures end in one sentence and an exit code. */
public final class Program {
    private Program() {}

    /** Sets the help, the exit codes and the handling of failures of a command line and all of its commands. */
    public static CommandLine complete(CommandLine program) {
        return HelpText.in(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(Boolean.getBoolean(NeededProgram.ASKED) ? new NeededProgram() : new PlainOutput())
                .setParameterExceptionHandler(new WrongUsage())
                .setExecutionExceptionHandler(new FailureMessage());
    }

    /** Ends a command with invalid options: prints one sentence, and one line that names the help. */
    private static final class WrongUsage implements IParameterExceptionHandler {
        /** Earlier names of options, each with its name now; of several, a command has one. */
        private static final Map<String, List<String>> RENAMED = Map.of(
                "-k", List.of("--k"),
                "--neighbors", List.of("--returned", "--k"),
                "--nearest", List.of("--k"),
                "--min-recall", List.of("--target"),
                "--codes", List.of("--database-codes"),
                "--queries", List.of("--query-codes"),
                "--id-column", List.of("--key-column"),
                "--output", List.of("--output-name"));

        @Override
        public int handleParseException(ParameterException failure, String[] words) {
            CommandLine line = failure.getCommandLine();
            String sentence = PlainText.line(sentence(failure, words));
            line.getErr()
                    .println(line.getColorScheme()
                            .errorText("linfhash: " + sentence + (sentence.endsWith(".") ? "" : ".")));
            line.getErr()
                    .println("'" + line.getCommandSpec().qualifiedName() + " --help' has the options and examples.");
            return ExitCodes.BAD_INPUT;
        }

        /** Reports an unknown word before a missing option, since the word may be that option misspelled. */
        private static String sentence(ParameterException failure, String[] words) {
            CommandSpec spec = failure.getCommandLine().getCommandSpec();
            String unknown = failure instanceof UnmatchedArgumentException unmatched
                    ? unmatched.getUnmatched().get(0)
                    : failure instanceof MissingParameterException ? unknownOption(spec, words) : null;
            if (unknown != null) {
                return unknown(spec, unknown);
            }
            ArgSpec argument = failure.getArgSpec();
            return argument instanceof OptionSpec option && option.type().isEnum() && failure.getValue() != null
                    ? wrongChoice(option, failure.getValue())
                    : String.valueOf(failure.getMessage());
        }

        private static @Nullable String unknownOption(CommandSpec spec, String[] words) {
            return Arrays.stream(words)
                    .takeWhile(word -> !word.equals("--"))
                    .filter(word -> word.startsWith("--") && spec.findOption(name(word)) == null)
                    .findFirst()
                    .orElse(null);
        }

        private static String unknown(CommandSpec spec, String word) {
            if (word.startsWith("-")) {
                List<String> options = spec.options().stream()
                        .flatMap(option -> Arrays.stream(option.names()))
                        .toList();
                String meant = RENAMED.getOrDefault(name(word), List.of()).stream()
                        .filter(options::contains)
                        .findFirst()
                        .orElse(name(word));
                return "Unknown option: '" + word + "'" + Suggestion.of(meant, options);
            }
            Set<String> commands = spec.subcommands().keySet();
            return commands.isEmpty()
                    ? "Unexpected argument: '" + word + "'"
                    : "'" + word + "' is not a command of " + spec.qualifiedName() + Suggestion.of(word, commands);
        }

        private static String name(String option) {
            return option.replaceFirst("=.*", "");
        }

        private static String wrongChoice(OptionSpec option, String given) {
            List<String> choices = Arrays.stream(option.type().getEnumConstants())
                    .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return option.longestName() + ": expected one of " + String.join(", ", choices) + ", found '" + given + "'"
                    + Suggestion.of(given.toLowerCase(Locale.ROOT), choices);
        }
    }

    /**
     * Runs a command and replaces control characters in all that it prints, so that escape sequences in models, tables, results
     * and manifests cannot change the terminal.
     *
     * <p>This applies to every format, since CSV and JSON are read on terminals too. Files that a command writes are not changed.
     * Help, and messages about options, contain no text of files: picocli prints them with its own colors.
     */
    private static final class PlainOutput implements IExecutionStrategy {
        @Override
        public int execute(ParseResult parsed) throws ExecutionException {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            CommandLine program = parsed.commandSpec().root().commandLine();
            PrintWriter out = program.getOut();
            PrintWriter err = program.getErr();
            program.setOut(plain(out)).setErr(plain(err));
            try {
                requireFiles(parsed);
                return new RunLast().execute(parsed);
            } catch (OutOfMemoryError e) {
                // Picocli passes only exceptions to its handler, not errors.
                throw new ExecutionException(program, "out of memory", e);
            } finally {
                program.setOut(out).setErr(err);
            }
        }

        private static void requireFiles(ParseResult parsed) {
            List<CommandLine> lines = parsed.asCommandLineList();
            CommandLine last = lines.get(lines.size() - 1);
            if (last.getCommand() instanceof BaseCommand command) {
                try {
                    command.requireFiles();
                } catch (InputException e) {
                    throw new ExecutionException(last, "a file is not there", e);
                }
            }
        }

        private static PrintWriter plain(PrintWriter writer) {
            return new PrintWriter(new PlainWriter(writer), true);
        }

        /** Replaces characters in each text that is written; commands print whole texts, so that no surrogate pair is split. */
        private static final class PlainWriter extends FilterWriter {
            PlainWriter(Writer out) {
                super(out);
            }

            @Override
            public void write(int character) throws IOException {
                write(Character.toString((char) character));
            }

            @Override
            public void write(char[] characters, int from, int count) throws IOException {
                write(new String(characters, from, count));
            }

            @Override
            public void write(String text, int from, int count) throws IOException {
                out.write(PlainText.lines(text.substring(from, from + count)));
            }
        }
    }
}
