package io.github.linfhash.engines.process;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JVM that runs Lucene: this one, or the one that a variable names. */
public final class LuceneJava {
    /** The variable with the folder of a JDK. */
    public static final String VARIABLE = "LINFHASH_LUCENE_JAVA";

    /** The version that Lucene 10 needs. */
    public static final int LEAST = 21;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([0-9]{1,6})");

    private static final String WORKER = "io.github.linfhash.lucene.LuceneWorker";

    private LuceneJava() {}

    /** Whether the class path has the module that runs Lucene. */
    public static boolean isInstalled() {
        return LuceneJava.class.getClassLoader().getResource(WORKER.replace('.', '/') + ".class") != null;
    }

    /** The command that runs Lucene. */
    static EngineProcess.Command command(Map<String, String> environment) throws IOException {
        Path java = find(Runtime.version().feature(), Path.of(System.getProperty("java.home")), environment);
        if (!isInstalled()) {
            throw new InputException(
                    "--engine lucene: expected the module linfhash-lucene on the class path, found none");
        }
        return (folder, variables) -> List.of(
                java.toString(),
                // Its warnings go to standard output otherwise, which is for answers.
                "-XX:+DisplayVMOutputToStderr",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m",
                "-cp",
                System.getProperty("java.class.path"),
                WORKER,
                folder.toString());
    }

    /**
     * Finds the program.
     *
     * @param own the version of this JVM
     * @param home the folder of this JVM
     * @throws InputException if this one is too old and the variable names none that is new enough
     */
    public static Path find(int own, Path home, Map<String, String> environment) throws IOException {
        String named = environment.get(VARIABLE);
        if (named == null || named.isEmpty()) {
            if (own < LEAST) {
                throw new InputException("Lucene needs Java " + LEAST + " or newer, and this is Java " + own + ": set "
                        + VARIABLE + " to the folder of a JDK " + LEAST + " or newer");
            }
            return program(home);
        }
        Path folder = Path.of(named);
        if (!Files.isExecutable(program(folder))) {
            throw new InputException(VARIABLE + ": expected a folder with bin/java, found " + named);
        }
        Integer version = version(folder);
        if (version != null && version < LEAST) {
            throw new InputException(
                    VARIABLE + ": expected a JDK " + LEAST + " or newer, found Java " + version + " in " + named);
        }
        return program(folder);
    }

    private static Path program(Path home) {
        return home.resolve("bin").resolve("java");
    }

    /** The version that a JDK gives in its file; null if it has none. */
    private static @Nullable Integer version(Path folder) throws IOException {
        Path release = folder.resolve("release");
        if (!Files.isReadable(release)) {
            return null;
        }
        Matcher version = VERSION.matcher(Files.readString(release, StandardCharsets.ISO_8859_1));
        return version.find() ? Integer.valueOf(version.group(1)) : null;
    }
}
