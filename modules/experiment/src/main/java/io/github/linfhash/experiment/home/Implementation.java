package io.github.linfhash.experiment.home;

import io.github.linfhash.core.digest.Digests;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Identifies the code that computes results, so that results of other code are never taken for done. */
public final class Implementation {
    private Implementation() {}

    /**
     * SHA-256 over the Java runtime's version, the content of linfhash's own jars and classes, and the names of all
     * other jars, which carry their versions.
     */
    public static String hash() {
        MessageDigest digest = Digests.sha256();
        Digests.update(digest, System.getProperty("java.runtime.version"));
        return hash(digest);
    }

    /** The same without the Java runtime. */
    static String codeHash() {
        return hash(Digests.sha256());
    }

    private static String hash(MessageDigest digest) {
        classPath().forEach(entry -> {
            Digests.update(digest, entry.getFileName().toString());
            if (Files.isDirectory(entry) || entry.getFileName().toString().startsWith("linfhash-")) {
                addContent(digest, entry);
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                .toList();
    }

    private static void addContent(MessageDigest digest, Path entry) {
        try (Stream<Path> files = Files.walk(entry)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own classes cannot be read", e);
        }
    }
}
