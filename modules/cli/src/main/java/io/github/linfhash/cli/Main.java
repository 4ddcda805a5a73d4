package io.github.linfhash.cli;

import picocli.CommandLine;

/** The program's entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(StandardOutput.watch(() -> run(args)));
    }

    /**
     * Runs one command without ending the JVM.
     *
     * @return the exit code
     */
    static int run(String... args) {
        return complete(LinfhashCommand.with(args)).execute(args);
    }

    /** The program with all commands of this module, whose failures end in one sentence and an exit code. */
    public static CommandLine commandLine() {
        return complete(LinfhashCommand.withAll());
    }

    private static CommandLine complete(CommandLine program) {
        return HelpText.in(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(new PlainOutput())
                .setParameterExceptionHandler(new WrongUsage())
                .setExecutionExceptionHandler(new FailureMessage());
    }
}
