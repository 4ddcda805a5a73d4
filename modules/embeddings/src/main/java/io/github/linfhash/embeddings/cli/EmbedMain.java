package io.github.linfhash.embeddings.cli;

import io.github.linfhash.cli.Main;
import io.github.linfhash.shell.HelpText;
import io.github.linfhash.shell.StandardOutput;
import picocli.CommandLine;

/** The program with the command of this module too; what {@code ./linfhash embed} starts. */
public final class EmbedMain {
    private EmbedMain() {}

    public static void main(String[] args) {
        System.exit(StandardOutput.watch(() -> commandLine().execute(args)));
    }

    /** The program with all of its commands. */
    public static CommandLine commandLine() {
        CommandLine program = Main.commandLine();
        CommandLine embed = new CommandLine(new EmbedCommand());
        program.addSubcommand(embed);
        HelpText.in(embed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(program.getParameterExceptionHandler())
                .setExecutionExceptionHandler(program.getExecutionExceptionHandler());
        return program;
    }
}
