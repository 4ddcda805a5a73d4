package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.LinfhashCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linfhash spark}: the commands for data that is spread over files or machines. */
@Command(
        name = "spark",
        description = LinfhashCommand.SPARK,
        mixinStandardHelpOptions = true,
        subcommands = {
            SparkEncodeCommand.class,
            SparkEvaluateCommand.class,
            SparkSearchCommand.class,
            SparkNeighborsCommand.class,
            SparkRecallCommand.class
        },
        footerHeading = "%nWhere it runs:%n",
        footer = {
            "  On all cores of this machine, or on the cluster of --master. With SPARK_HOME set,",
            "  that Spark's spark-submit starts the program. Otherwise, a checkout downloads",
            "  Spark on first use (250 MB), and an installation contains it in a separate",
            "  archive. See docs/spark.md."
        })
final class SparkCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before any command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
