package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.Main;
import io.github.linfhash.shell.HelpText;
import io.github.linfhash.shell.StandardOutput;
import io.github.linfhash.spark.shards.LocalPath;
import java.nio.file.Path;
import picocli.CommandLine;

/** The program with the commands of this module too; what {@code ./linfhash spark} and spark-submit start. */
public final class SparkMain {
    private SparkMain() {}

    public static void main(String[] args) {
        int code = StandardOutput.watch(() -> commandLine().execute(args));
        // spark-submit takes the end of main for success, and an exit for the code.
        if (code != 0 || System.getProperty("spark.submit.deployMode") == null) {
            System.exit(code);
        }
    }

    /** The program with all of its commands. */
    public static CommandLine commandLine() {
        CommandLine program = Main.commandLine();
        CommandLine spark = new CommandLine(new SparkCommand());
        program.addSubcommand(spark);
        HelpText.in(spark)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .registerConverter(Path.class, LocalPath::of)
                .setParameterExceptionHandler(program.getParameterExceptionHandler())
                .setExecutionExceptionHandler(program.getExecutionExceptionHandler());
        return program;
    }
}
