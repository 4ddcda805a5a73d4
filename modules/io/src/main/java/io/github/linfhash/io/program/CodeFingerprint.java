package io.github.linfhash.io.program;

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
 * Identifies the code that decides results, so that those of other code are never taken for done: the classes of some modules, and those of
 * methods and quantizers from elsewhere. An edit of another module changes nothing.
 */
public final class CodeFingerprint {
    private static final String ROOT = "io/github/linfhash/";

    private static final List<String> PROVIDERS = List.of(
            "META-INF/services/io.github.linfhash.core.method.MethodProvider",
            "META-INF/services/io.github.linfhash.quantizers.QuantizerProvider");

    private final List<String> folders;

    private CodeFingerprint(List<String> modules) {
        this.folders = modules.stream().map(module -> ROOT + module + "/").toList();
    }

    /**
     * SHA-256 over the classes of this program that decide, and the names of all other jars, which carry their versions.
     *
     * @param modules the modules of linfhash that decide
     */
    public static String of(List<String> modules) {
        return of(modules, System.getProperty("java.class.path"));
    }

    /** Returns the fingerprint of the classes and jars of any class path. */
    static String of(List<String> modules, String classPath) {
        CodeFingerprint deciding = new CodeFingerprint(modules);
        MessageDigest digest = Digests.sha256();
        try {
            for (Path entry : entries(classPath)) {
                if (Files.isDirectory(entry)) {
                    deciding.addFolder(digest, entry);
                } else {
                    deciding.addJar(digest, entry);
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

    private void addFolder(MessageDigest digest, Path folder) throws IOException {
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

    private void addJar(MessageDigest digest, Path jar) throws IOException {
        String name = jar.getFileName().toString();
        if (!name.endsWith(".jar")) {
            Digests.update(digest, name);
            return;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (!name.startsWith("linfhash-") && PROVIDERS.stream().allMatch(file -> zip.getEntry(file) == null)) {
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

    private boolean decides(String name) {
        return (name.endsWith(".class") || name.endsWith(".cl"))
                && (!name.startsWith(ROOT) || folders.stream().anyMatch(name::startsWith));
    }
}
