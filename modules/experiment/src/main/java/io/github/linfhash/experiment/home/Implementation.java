package io.github.linfhash.experiment.home;

import io.github.linfhash.core.digest.Digests;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Identifies the code that decides a run, so that results of other code are never taken for done: the classes of {@code
 * experiment} and of what lies below it, and those of methods from elsewhere. What summarizes, draws or shows results, and the
 * command line, decide no run.
 */
public final class Implementation {
    private static final String ROOT = "io/github/linfhash/";

    /** Packages of linfhash that decide no run. */
    private static final List<String> BESIDE = Stream.of("cli", "embeddings", "reports", "results", "spark", "testing")
            .map(module -> ROOT + module + "/")
            .toList();

    private static final String PROVIDERS = "META-INF/services/io.github.linfhash.core.method.MethodProvider";

    private Implementation() {}

    /** Read once: a program's classes stay what they are while it runs, and jars take time to unpack. */
    private static final class Own {
        static final String CODE = codeHash(System.getProperty("java.class.path"));

        private Own() {}
    }

    /**
     * SHA-256 over the Java runtime's version, the classes that decide a run, and the names of all other jars, which
     * carry their versions.
     */
    public static String hash() {
        MessageDigest digest = Digests.sha256();
        Digests.update(digest, System.getProperty("java.runtime.version"));
        Digests.update(digest, codeHash());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The same without the Java runtime. */
    static String codeHash() {
        return Own.CODE;
    }

    /** The same of the classes and jars of any class path. */
    static String codeHash(String classPath) {
        MessageDigest digest = Digests.sha256();
        try {
            for (Path entry : entries(classPath)) {
                if (Files.isDirectory(entry)) {
                    addFolder(digest, entry);
                } else {
                    addJar(digest, entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own classes cannot be read", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> entries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                .toList();
    }

    private static void addFolder(MessageDigest digest, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (decides(name)) {
                    Digests.update(digest, name);
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
    }

    private static void addJar(MessageDigest digest, Path jar) throws IOException {
        String name = jar.getFileName().toString();
        if (!name.endsWith(".jar")) {
            Digests.update(digest, name);
            return;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (!name.startsWith("linfhash-") && zip.getEntry(PROVIDERS) == null) {
                Digests.update(digest, name);
                return;
            }
            List<? extends ZipEntry> classes = zip.stream()
                    .filter(entry -> decides(entry.getName()))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : classes) {
                Digests.update(digest, entry.getName());
                try (InputStream content = zip.getInputStream(entry)) {
                    digest.update(content.readAllBytes());
                }
            }
        }
    }

    private static boolean decides(String name) {
        return (name.endsWith(".class") || name.endsWith(".cl"))
                && BESIDE.stream().noneMatch(name::startsWith);
    }
}
