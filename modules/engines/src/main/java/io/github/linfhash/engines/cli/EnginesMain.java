package io.github.linfhash.engines.cli;

import io.github.linfhash.advisor.command.AdvisorMain;
import io.github.linfhash.shell.HelpText;
import io.github.linfhash.shell.StandardOutput;
import picocli.CommandLine;

/** The program with the command of this module and those of the advisor; what {@code ./linfhash measure} starts. */
public final class EnginesMain {
    private EnginesMain() {}

    public static void main(String[] args) {
        System.exit(StandardOutput.watch(() -> commandLine().execute(args)));
    }

    /** The program with all of its commands. */
    public static CommandLine commandLine() {
        CommandLine program = AdvisorMain.commandLine();
        CommandLine measure = new CommandLine(new MeasureCommand());
        program.addSubcommand(measure);
        // Its help names the program, of which it has to be a part first.
        HelpText.in(measure)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(program.getParameterExceptionHandler())
                .setExecutionExceptionHandler(program.getExecutionExceptionHandler());
        return program;
    }
}
