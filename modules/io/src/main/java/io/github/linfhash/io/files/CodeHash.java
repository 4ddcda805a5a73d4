package io.github.linfhash.io.files;

import io.github.linfhash.core.digest.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Digests of compiled code, so that what other code computed is not taken for what this code would compute. */
public final class CodeHash {
    private CodeHash() {}

    /** SHA-256, in hex, over the class files of a class's package, in the order of their names. */
    public static String ofPackage(Class<?> member) {
        try {
            Path location = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            String folder = member.getPackageName().replace('.', '/');
            if (Files.isDirectory(location)) {
                return ofFolder(location.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                return ofFolder(jar.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own classes cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class was loaded from a malformed location", e);
        }
    }

    private static String ofFolder(Path folder) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
