package io.github.linfhash.engines.cli;

import io.github.linfhash.advisor.command.AdvisorMain;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.HelpText;
import io.github.linfhash.shell.StandardOutput;
import java.util.List;
import picocli.CommandLine;

/** The program with the commands of this module and those of the advisor; what {@code ./linfhash measure} and {@code watch} start. */
public final class EnginesMain {
    private EnginesMain() {}

    public static void main(String[] args) {
        System.exit(StandardOutput.watch(() -> commandLine().execute(args)));
    }

    /** The program with all of its commands. */
    public static CommandLine commandLine() {
        CommandLine program = AdvisorMain.commandLine();
        for (BaseCommand command : List.of(new MeasureCommand(), new WatchCommand())) {
            CommandLine line = new CommandLine(command);
            program.addSubcommand(line);
            // Its help names the program, of which it has to be a part first.
            HelpText.in(line)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUsageHelpAutoWidth(true)
                    .setParameterExceptionHandler(program.getParameterExceptionHandler())
                    .setExecutionExceptionHandler(program.getExecutionExceptionHandler());
        }
        return program;
    }
}
