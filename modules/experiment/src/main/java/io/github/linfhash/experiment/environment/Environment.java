package io.github.linfhash.experiment.environment;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.EvaluatorVersion;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.io.program.CodeFingerprint;
import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Describes what computes the results. */
public final class Environment {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The modules that decide a run. What summarizes, draws or shows results, and the command line, decide none. */
    public static final List<String> DECIDING = List.of(
            "codes",
            "core",
            "io",
            "formats",
            "data",
            "linalg",
            "quantizers",
            "protocols",
            "encoders",
            "opencl",
            "baselines",
            "experiment");

    private Environment() {}

    /** The environment of this process with so many runs at the same time. */
    public static EnvironmentSummary describe(int workers) {
        return new EnvironmentSummary(
                program().version(),
                program().commit(),
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

    private static final class Own {
        static final String CODE = CodeFingerprint.of(DECIDING);
        static final ProgramVersion PROGRAM = ProgramVersion.of(CODE);
    }

    /** The program's version, and what names the code that decides runs; its classes are read once. */
    public static ProgramVersion program() {
        return Own.PROGRAM;
    }

    /** SHA-256 over the Java runtime's version and the code that decides runs. */
    public static String codeHash() {
        MessageDigest digest = Digests.sha256();
        Digests.update(digest, System.getProperty("java.runtime.version"));
        Digests.update(digest, Own.CODE);
        return HexFormat.of().formatHex(digest.digest());
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
}
