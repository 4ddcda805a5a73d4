package io.github.linfhash.spark.cli;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.shell.BaseCommand;
import io.github.linfhash.shell.ConsoleProgress;
import io.github.linfhash.shell.ExitCodes;
import io.github.linfhash.spark.shards.LocalPath;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** A command that runs in a session of Spark. */
abstract class SparkJob extends BaseCommand {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public final Integer call() throws Exception {
        cluster.requireDriverHere();
        checkOptions();
        try (SparkSession session = cluster.open("linfhash " + spec().name(), watched())) {
            try {
                run(session, JavaSparkContext.fromSparkContext(session.sparkContext()));
            } catch (RuntimeException e) {
                throw reason(e, session);
            }
        } catch (Exception e) {
            throw reason(e);
        }
        return ExitCodes.OK;
    }

    /** Spark ends a session by itself where its master does not answer or has put the application out. */
    private static Exception reason(RuntimeException failure, SparkSession session) {
        Exception reason = reason(failure);
        if (reason == failure
                && !(failure instanceof InputException)
                && session.sparkContext().isStopped()) {
            return new InputException(
                    "--master: expected a master that answers and keeps the application to its end, found that "
                            + session.sparkContext().master() + " did not",
                    failure);
        }
        return reason;
    }

    /** Single files and folders of .npy files are read and written by Java, which knows this file system alone. */
    @Override
    protected void requireFiles() {
        for (OptionSpec option : spec().options()) {
            if (option.type() == Path.class) {
                option.originalStringValues().forEach(path -> LocalPath.require(option.longestName(), path));
            }
        }
        super.requireFiles();
    }

    private boolean watched() {
        return Boolean.getBoolean("linfhash.terminal")
                && System.getenv("CI") == null
                && !spec().commandLine().getParseResult().hasMatchedOption(ConsoleProgress.QUIET);
    }

    /** Says what is wrong with the options before anything is started. */
    void checkOptions() {}

    abstract void run(SparkSession session, JavaSparkContext context) throws IOException;

    final void say(String format, Object... arguments) {
        say(String.format(Locale.ROOT, format, arguments));
    }

    /** Returns the cause of a task's failure without the exceptions that Spark wraps around it. */
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

    /** The options that say where a job runs. */
    private static final class ClusterOptions {
        private static final String MASTER = "spark.master";
        private static final String DEPLOY_MODE = "spark.submit.deployMode";
        private static final String CLIENT = "client";

        @Option(
                names = "--master",
                paramLabel = "URL",
                description =
                        "Spark master, such as spark://host:7077 or yarn (default: local[*], all cores of this machine).")
        private @Nullable String master;

        @Option(names = "--conf", paramLabel = "KEY=VALUE", description = "Spark setting; repeatable.")
        private Map<String, String> settings = new LinkedHashMap<>();

        /** The driver is this process, on any cluster: it reads and writes files of this machine. */
        void requireDriverHere() {
            String mode = settings.getOrDefault(DEPLOY_MODE, CLIENT);
            if (!mode.equals(CLIENT)) {
                throw new InputException("--conf " + DEPLOY_MODE + ": expected " + CLIENT
                        + ", as the driver reads and writes files of this machine, found " + mode);
            }
        }

        /**
         * A session with Spark's settings, those of the user first.
         *
         * @param bars whether Spark draws its progress
         */
        SparkSession open(String name, boolean bars) {
            SparkConf conf = new SparkConf();
            settings.forEach(conf::set);
            if (master != null) {
                conf.setMaster(master);
            }
            conf.setIfMissing(MASTER, "local[*]");
            conf.setIfMissing("spark.app.name", name);
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.ui.showConsoleProgress", Boolean.toString(bars));
            // One core for a task, so one thread for its tensor operations.
            conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
            conf.setIfMissing("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
            if (conf.get(MASTER).startsWith("local")) {
                conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
                conf.setIfMissing("spark.driver.host", "127.0.0.1");
            } else {
                @Nullable String libraries = System.getProperty("linfhash.libraries");
                if (libraries != null) {
                    conf.setIfMissing("spark.jars", jars(libraries));
                }
            }
            return start(conf);
        }

        private static SparkSession start(SparkConf conf) {
            try {
                return SparkSession.builder().config(conf).getOrCreate();
            } catch (Exception e) { // some are checked, but Scala does not say that they are thrown
                if (String.valueOf(e.getMessage()).startsWith("Could not parse Master URL")) {
                    throw new InputException(
                            "--master: expected local[*], spark://HOST:PORT or, where SPARK_HOME is a Spark that knows it,"
                                    + " yarn or k8s://URL, found " + conf.get(MASTER),
                            e);
                }
                throw e;
            }
        }

        /** linfhash and its libraries, which executors fetch; of SLF4J a cluster's Spark has a provider of its own. */
        private static String jars(String libraries) {
            return Stream.of(libraries.split(File.pathSeparator, -1))
                    .flatMap(folder -> jarsOf(Path.of(folder)).stream())
                    .filter(file -> !file.getFileName().toString().matches("(logback|slf4j)-.*"))
                    .map(Path::toString)
                    .collect(Collectors.joining(","));
        }

        private static List<Path> jarsOf(Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
