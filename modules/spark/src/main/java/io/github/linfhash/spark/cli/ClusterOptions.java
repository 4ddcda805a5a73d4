package io.github.linfhash.spark.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where a job runs. */
final class ClusterOptions {
    private static final String MASTER = "spark.master";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark's master, such as spark://host:7077 or yarn (default: local[*], all cores of this machine).")
    private @Nullable String master;

    @Option(names = "--conf", paramLabel = "KEY=VALUE", description = "A setting of Spark; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** A session with Spark's settings, those of the user first. */
    SparkSession open(String name) {
        SparkConf conf = new SparkConf();
        settings.forEach(conf::set);
        if (master != null) {
            conf.setMaster(master);
        }
        conf.setIfMissing(MASTER, "local[*]");
        conf.setIfMissing("spark.app.name", name);
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", Boolean.toString(watched()));
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
        return SparkSession.builder().config(conf).getOrCreate();
    }

    private static boolean watched() {
        return Boolean.getBoolean("linfhash.terminal") && System.getenv("CI") == null;
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
