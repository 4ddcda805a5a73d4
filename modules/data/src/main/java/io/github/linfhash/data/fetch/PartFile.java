package io.github.linfhash.data.fetch;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A file under way, {@code NAME.part}; it gets its name when it is whole. Beside it, {@code NAME.part.origin} says where
 * its beginning came from.
 *
 * <p>Faults of the disk are {@link FileSystemException}s, which no fault of the network is.
 */
final class PartFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final Path note;
    private final FileChannel channel;
    private boolean resumed;

    private PartFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.note = part.resolveSibling(part.getFileName() + ".origin");
        this.channel = channel;
    }

    /**
     * Opens what there is of a file, or an empty one; missing folders are made.
     *
     * @throws InputException if another download of the same file is under way
     * @throws FileSystemException if the folder cannot be written to
     */
    static PartFile open(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        AtomicFiles.makeFolderOf(target);
        FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            lock(channel, part);
            channel.position(channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        PartFile file = new PartFile(target, part, channel);
        file.resumed = channel.size() > 0;
        return file;
    }

    /** The lock ends with the channel, or with the program. */
    private static void lock(FileChannel channel, Path part) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this program; as good as held by another.
        }
        if (lock == null) {
            throw new InputException(
                    part + " is in use: expected no other download of this file, found one that is under way");
        }
    }

    /** How many bytes there are. */
    long size() throws IOException {
        return channel.size();
    }

    /** Whether the bytes come from more than one answer. */
    boolean resumed() {
        return resumed;
    }

    /** Says that more will be added to what there is. */
    void resume() {
        resumed = true;
    }

    /** Drops what there is. */
    void restart() throws IOException {
        try {
            channel.truncate(0);
            channel.position(0);
            resumed = false;
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    void append(List<ByteBuffer> bytes) throws IOException {
        try {
            for (ByteBuffer buffer : bytes) {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Notes where the bytes come from. */
    void note(Origin origin) throws IOException {
        try {
            Files.writeString(note, origin.toText());
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Where the bytes come from, if that is known. */
    Optional<Origin> origin() throws IOException {
        return Files.isRegularFile(note) && Files.size(note) <= Origin.LONGEST
                ? Origin.parse(Files.readAllBytes(note))
                : Optional.empty();
    }

    Path path() {
        return part;
    }

    /** Gives the file its name. */
    void finish() throws IOException {
        try {
            channel.force(true);
            AtomicFiles.move(part, target);
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Removes what there is, which is of no use. */
    void discard() throws IOException {
        restart();
        Files.deleteIfExists(part);
    }

    private FileSystemException fault(IOException e) {
        if (e instanceof FileSystemException already) {
            return already;
        }
        FileSystemException fault = new FileSystemException(part.toString(), null, String.valueOf(e.getMessage()));
        fault.initCause(e);
        return fault;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
