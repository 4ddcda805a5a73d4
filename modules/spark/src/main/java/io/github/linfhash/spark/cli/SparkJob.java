package io.github.linfhash.spark.cli;

import io.github.linfhash.cli.ExitCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.spark.shards.LocalPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** A command that runs in a session of Spark. */
abstract class SparkJob implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        requireLocalFiles();
        checkOptions();
        try (SparkSession session = cluster.open("linfhash " + spec.name())) {
            run(session, JavaSparkContext.fromSparkContext(session.sparkContext()));
        } catch (Exception e) {
            throw reason(e);
        }
        return ExitCodes.OK;
    }

    /** Single files and folders of .npy files are read and written by Java, which knows this file system alone. */
    private void requireLocalFiles() {
        for (OptionSpec option : spec.options()) {
            if (option.type() == Path.class) {
                option.originalStringValues().forEach(path -> LocalPath.require(option.longestName(), path));
            }
        }
    }

    /** Says what is wrong with the options before anything is started. */
    void checkOptions() {}

    abstract void run(SparkSession session, JavaSparkContext context) throws IOException;

    final void say(String format, Object... arguments) {
        spec.commandLine().getErr().println(String.format(Locale.ROOT, format, arguments));
    }

    final void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /** What a task failed of, out of what Spark wraps around it. */
    private static Exception reason(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputException
                    || cause instanceof NonFiniteException
                    || cause instanceof IOException) {
                return (Exception) cause;
            }
        }
        return failure;
    }
}
