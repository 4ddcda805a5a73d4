package io.github.linfhash.advisor.command;

import io.github.linfhash.advisor.export.AdvisorProgram;
import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.shell.CacheCommand;
import io.github.linfhash.shell.CompletionCommand;
import io.github.linfhash.shell.Program;
import io.github.linfhash.shell.StandardOutput;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The entry point of the program that only advises, quantizes, and measures recall. */
public final class AdvisorMain {
    private AdvisorMain() {}

    public static void main(String[] args) {
        System.exit(StandardOutput.watch(() -> commandLine().execute(args)));
    }

    /** The program with all of its commands. */
    public static CommandLine commandLine() {
        CommandLine program = new CommandLine(new AdvisorCommand());
        // A command that is not here is named, not its options.
        program.getCommandSpec().parser().unmatchedOptionsArePositionalParams(true);
        return Program.complete(program);
    }

    /** The program itself; all work is done by its commands. */
    @Command(
            name = "linfhash",
            description = "Recommends quantizers of embeddings, makes their codes, and measures their recall.",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            subcommands = {
                AdviseCommand.class,
                QuantizeCommand.class,
                RecallCommand.class,
                SearchCodesCommand.class,
                CacheCommand.class,
                CompletionCommand.class,
                HelpCommand.class
            },
            footerHeading = "%nExample:%n",
            footer = {
                "  linfhash advise --vectors embeddings.npy",
                "",
                "The full distribution, linfhash, also has hashing methods, benchmarks and models."
            })
    static final class AdvisorCommand implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before any command runs
        private CommandSpec spec;

        @Parameters(hidden = true, description = "A command that this program does not have.")
        private List<String> others = new ArrayList<>();

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(),
                    others.isEmpty()
                            ? "Missing command"
                            : "Expected one of "
                                    + String.join(", ", spec.subcommands().keySet()) + ", found '" + others.get(0)
                                    + "'; if it is a command of linfhash, the full distribution, linfhash, has it");
        }
    }

    /** The text that {@code --version} prints. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            ProgramVersion program = AdvisorProgram.version();
            return new String[] {
                "linfhash-advisor " + program.version() + " (" + program.commit() + ")",
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version")
            };
        }
    }
}
