package io.github.linfhash.codes.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a file whole or not at all, so that a power failure leaves the old file or the new one. */
public final class WholeFile {
    private WholeFile() {}

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes the content.
         *
         * @throws IOException if it cannot be written
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Replaces a file: the content is written to a temporary file in the same folder and flushed (fsync), the temporary file gets the name,
     * and the folder is flushed. A symbolic link is replaced as well, not followed: the file that it leads to stays as it was.
     *
     * @throws NoSuchFileException if the folder does not exist
     * @throws IOException if the file cannot be written; it is then as it was before, unless only the folder could not be flushed
     */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString(), null, "expected an existing folder, found none");
        }
        // Of its own name, and not by createTempFile, whose files only their owner can read.
        Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flushNames(folder);
    }

    /**
     * Writes all bytes of a buffer.
     *
     * @throws IOException if they cannot be written
     */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Flushes the names in a folder (fsync), so that no power failure takes away a new one. Nothing happens where the system has no such
     * operation, as Windows and some network file systems.
     *
     * @throws IOException if the system reports a failure
     */
    public static void flushNames(Path folder) throws IOException {
        FileChannel names;
        try {
            names = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            // Windows opens no folder, and nobody one that is not theirs to read: its names cannot be flushed.
            return;
        }
        try (names) {
            names.force(true);
        } catch (IOException e) {
            // EINVAL: a file system without this operation, which keeps names without being asked.
            if (e.getMessage() == null || !e.getMessage().equals(invalidArgument())) {
                throw named(folder, e);
            }
        }
    }

    /** Returns the failure with the name of the file, where the system's own message lacks it. */
    static FileSystemException named(Path file, IOException failure) {
        if (failure instanceof FileSystemException system) {
            return system;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    /**
     * Asks the system for its words for EINVAL, which depend on the user's language and are all that Java passes on of this number: it has
     * to refuse moving a folder into itself with them.
     */
    private static @Nullable String invalidArgument() throws IOException {
        Path folder = Files.createTempDirectory("linfhash");
        try {
            Files.move(folder, folder.resolve("inside"), StandardCopyOption.ATOMIC_MOVE);
            return null;
        } catch (FileSystemException e) {
            return e.getReason();
        } finally {
            Files.deleteIfExists(folder);
        }
    }
}
