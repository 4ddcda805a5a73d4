package io.github.linfhash.harness.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The program's entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs one command without ending the JVM.
     *
     * @return the exit code
     */
    static int run(String... args) {
        CommandLine line = commandLine();
        // Standard output is for data: usage after a mistake goes to standard error.
        line.setErr(new PrintWriter(System.err, true));
        return line.execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new LinfhashCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(new FailureMessage());
    }
}
