package io.github.linfhash.experiment.home;

import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Describes what computes the results. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The environment of this process with so many runs at the same time. */
    public static EnvironmentSummary describe(int workers) {
        return new EnvironmentSummary(
                version(),
                commit(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpu(),
                cores(),
                TensorBackend.describe(),
                threads(),
                workers,
                EvaluatorVersion.CURRENT);
    }

    /** The program's version. */
    public static String version() {
        return Objects.requireNonNullElse(Machine.class.getPackage().getImplementationVersion(), "development");
    }

    /** The commit that the program was built from, as the launcher says it, in a form that names the code. */
    public static String commit() {
        String said = Objects.requireNonNullElse(System.getenv("LINFHASH_COMMIT"), "");
        return CommitName.of(said, Implementation.codeHash());
    }

    /** Threads of one tensor operation: what OMP_NUM_THREADS says, or all cores where it says nothing. */
    private static int threads() {
        String value = System.getenv("OMP_NUM_THREADS");
        return value != null && value.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(value) : cores();
    }

    /** The cores that this process may use. */
    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The processor's name, and what tells apart processors of one name: they have other kernels of matrix products. */
    private static String cpu() {
        if (!Files.isReadable(CPU_INFO)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return cpu(lines.takeWhile(line -> !line.isBlank()).toList());
        } catch (IOException e) {
            return "unknown";
        }
    }

    static String cpu(List<String> lines) {
        Map<String, String> entries = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split("\\s*:\\s*", 2);
            if (parts.length == 2) {
                entries.put(parts[0], parts[1].strip());
            }
        }
        String name = entries.getOrDefault("model name", "unknown");
        boolean known = entries.containsKey("cpu family") && entries.containsKey("model");
        return known ? name + ", family " + entries.get("cpu family") + ", model " + entries.get("model") : name;
    }

    /**
     * What results call the code that made them: a commit. Where files were changed since the commit, or none is known, a hash
     * of the code follows it.
     */
    public static final class CommitName {
        private static final String UNKNOWN = "unknown";
        private static final String DIRTY = "-dirty";
        private static final int HASH_DIGITS = 12;

        private CommitName() {}

        /** Whether two results of this name were made by the same code. */
        public static boolean isExact(String name) {
            return !name.equals(UNKNOWN) && !name.endsWith(DIRTY);
        }

        /** The name of code of which the launcher said a commit, or nothing. */
        static String of(String said, String codeHash) {
            String name = said.isBlank() ? UNKNOWN : said;
            return isExact(name) ? name : name + "+" + codeHash.substring(0, HASH_DIGITS);
        }
    }
}
