package io.github.linfhash.io.files;

import io.github.linfhash.core.digest.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Vouches for the bytes of a file by a second file beside it, {@code NAME.sha256}, as sha256sum writes it.
 *
 * <p>A file that was cut or changed, or whose writer did not come to its end, has no seal that holds.
 */
public final class FileSeal {
    private static final String ENDING = ".sha256";

    private FileSeal() {}

    /** Seals a file as it is now. */
    public static void put(Path file) throws IOException {
        AtomicFiles.write(seal(file), line(file));
    }

    /** Whether a file is as it was when it was sealed; not if it was never. */
    public static boolean holds(Path file) throws IOException {
        Path seal = seal(file);
        byte[] expected = line(file).getBytes(StandardCharsets.UTF_8);
        return Files.exists(seal)
                && Files.size(seal) == expected.length
                && Arrays.equals(Files.readAllBytes(seal), expected);
    }

    /** Deletes a file and its seal, if they are there. */
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(seal(file));
    }

    private static String line(Path file) throws IOException {
        return Digests.sha256(file) + "  " + file.getFileName() + "\n";
    }

    private static Path seal(Path file) {
        return file.resolveSibling(file.getFileName() + ENDING);
    }
}
