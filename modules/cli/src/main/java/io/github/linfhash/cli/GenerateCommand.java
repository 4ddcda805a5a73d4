package io.github.linfhash.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linfhash generate}: stand-ins for data that is not at hand. */
@Command(
        name = "generate",
        description = "Generates synthetic data in the files of a real data set, to test programs at its size.",
        mixinStandardHelpOptions = true,
        subcommands = GenerateNusWideCommand.class)
final class GenerateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing data set: expected nus-wide");
    }
}
