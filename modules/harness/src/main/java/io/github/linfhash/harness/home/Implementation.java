package io.github.linfhash.harness.home;

import io.github.linfhash.baselines.Baselines;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.files.Digests;
import io.github.linfhash.encoders.Encoders;
import io.github.linfhash.protocols.protocol.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Identifies the code that computes results, so that results of other code are never taken for done. */
public final class Implementation {
    /** One class of each module whose code decides a result. */
    private static final List<Class<?>> MODULES =
            List.of(FeatureMatrix.class, Protocol.class, Encoders.class, Baselines.class, Implementation.class);

    private Implementation() {}

    /** SHA-256 over the class files of all modules that decide a result. */
    public static String hash() {
        MessageDigest digest = Digests.sha256();
        for (Class<?> module : MODULES) {
            try {
                Path location = Path.of(module.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                for (Path file : classFiles(location)) {
                    digest.update(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the program's own classes cannot be read", e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException("a class was loaded from a malformed location", e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The jar itself, or the files of a folder of classes. */
    private static List<Path> classFiles(Path location) throws IOException {
        if (Files.isRegularFile(location)) {
            return List.of(location);
        }
        try (Stream<Path> files = Files.walk(location)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
