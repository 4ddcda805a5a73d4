package io.github.linfhash.codes.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file whole or not at all, so that a power failure leaves the old file or the new one.
 *
 * <p>Whoever replaces a file, or appends to it, holds the lock of {@code .NAME.lock} beside it. The file itself cannot be locked: when a process
 * closes a file, as one that also reads it does, POSIX releases all locks that the process holds on it. The lock's file is empty and stays:
 * whoever deleted it would let a second process lock a new one while a first one still holds the deleted one. Readers need no lock.
 */
public final class WholeFile {
    private static final Pattern UNIQUE = Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

    private static final int MOST_LINKS = 40;
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

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
     * and the folder is flushed. A symbolic link is replaced as well, not followed: the file that it leads to stays as it was. The new file
     * has the permissions of the old one, where the system tells them. Temporary files that a killed process left are deleted.
     *
     * @param content written while nobody else appends to the file or replaces it
     * @throws NoSuchFileException if the folder does not exist
     * @throws FileSystemException if another one replaces the file or appends to it
     * @throws IOException if the file cannot be written; it is then as it was before, unless only the folder could not be flushed
     */
    public static void write(Path file, Content content) throws IOException {
        Path name = name(file);
        if (name == null) {
            throw new NoSuchFileException(file.toString(), null, "expected an existing folder, found none");
        }
        ProcessLock lock = lock(name, file);
        try {
            deleteLeftovers(name);
            // Of its own name, and not by createTempFile, whose files only their owner can read.
            Path part = name.resolveSibling("." + name.getFileName() + "." + UUID.randomUUID() + ".part");
            try (Temporary temporary = new Temporary(part)) {
                try (FileChannel channel = temporary.create(path -> create(path, name))) {
                    content.writeTo(channel);
                    channel.force(true);
                }
                temporary.moveTo(name);
            }
            // Before others append, whose rows would be lost with the name.
            flushNames(name.resolveSibling("."));
        } finally {
            lock.close();
        }
    }

    /**
     * Returns a file's name in its folder, which is the same by whichever links the folder is reached. A link in the file's own place is not
     * followed.
     *
     * @return null if there is no such folder
     */
    private static @Nullable Path name(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        return folder != null && Files.isDirectory(folder) ? folder.toRealPath().resolve(absolute.getFileName()) : null;
    }

    /**
     * Locks a file against others that append to it or replace it.
     *
     * @param name whose lock it is
     * @param file names it for messages
     * @throws FileSystemException if another one has the lock, or the lock's file cannot be written
     */
    static ProcessLock lock(Path name, Path file) throws IOException {
        Path lock = name.resolveSibling("." + name.getFileName() + ".lock");
        try {
            return ProcessLock.tryLock(
                            lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                    .orElseThrow(() -> new FileSystemException(
                            file.toString(),
                            null,
                            "expected one program that appends to it or saves it, found another one; try again"));
        } catch (AccessDeniedException e) {
            AccessDeniedException explained = new AccessDeniedException(
                    lock.toString(),
                    null,
                    "expected a file that may be made and written, as its lock keeps others from writing "
                            + name.getFileName() + " at the same time");
            explained.initCause(e);
            throw explained;
        }
    }

    /** Deletes what processes left that were killed while they wrote the file: as nobody else has its lock, nobody writes them. */
    private static void deleteLeftovers(Path name) throws IOException {
        Path folder = name.resolveSibling(".");
        if (!Files.isReadable(folder)) {
            return;
        }
        String start = "." + name.getFileName();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, part -> {
            String other = part.getFileName().toString();
            return other.startsWith(start)
                    && UNIQUE.matcher(other.substring(start.length())).matches();
        })) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * Creates a file that is to replace another one: with the permissions of that one from the beginning on, if it exists and the system tells
     * them.
     *
     * @param file must not exist
     * @param replaced need not exist
     * @throws IOException if the file cannot be made
     */
    public static FileChannel create(Path file, Path replaced) throws IOException {
        if (!Files.isRegularFile(replaced)
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return FileChannel.open(file, NEW);
        }
        Set<PosixFilePermission> kept = Files.getPosixFilePermissions(replaced);
        FileChannel channel = FileChannel.open(file, NEW, PosixFilePermissions.asFileAttribute(kept));
        try {
            // The mask of the process (umask) may have taken some away.
            if (!Files.getPosixFilePermissions(file).equals(kept)) {
                Files.setPosixFilePermissions(file, kept);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Makes a new file that only its owner may read and write, where the system has such permissions.
     *
     * @throws IOException if there is a file of this name, or it cannot be made
     */
    public static FileChannel createPrivate(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        NEW,
                        PosixFilePermissions.asFileAttribute(
                                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)))
                : FileChannel.open(file, NEW);
    }

    /**
     * Returns whether a file has a new content when {@link #write} has replaced a target: the target is the file, or one of the symbolic
     * links that lead to it.
     *
     * @throws IOException if a folder or a link cannot be read
     */
    public static boolean replaces(Path target, Path file) throws IOException {
        Path replaced = name(target);
        Path at = name(file);
        for (int links = 0; at != null && !at.equals(replaced); links++) {
            boolean leads = links < MOST_LINKS && Files.isSymbolicLink(at);
            at = leads ? name(at.resolveSibling(Files.readSymbolicLink(at))) : null;
        }
        return at != null;
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
    public static FileSystemException named(Path file, IOException failure) {
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
