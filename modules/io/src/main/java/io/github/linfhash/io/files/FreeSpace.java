package io.github.linfhash.io.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The free space of file systems. */
public final class FreeSpace {
    private FreeSpace() {}

    /**
     * Returns how many bytes this program may still write at a path.
     *
     * @param path a file or a folder, which need not exist yet
     * @return the bytes; empty where the system does not tell, as in a chroot whose root is no mount point
     */
    public static OptionalLong at(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
