package io.github.linfhash.cli;

import io.github.linfhash.shell.Program;
import io.github.linfhash.shell.StandardOutput;
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
        return Program.complete(LinfhashCommand.with(args)).execute(args);
    }

    /** The program with all commands of this module, whose failures end in one sentence and an exit code. */
    public static CommandLine commandLine() {
        return Program.complete(LinfhashCommand.withAll());
    }
}
