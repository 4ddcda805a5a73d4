package io.github.linfhash.data.fetch;

import io.github.linfhash.codes.files.ProcessLock;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.data.manifest.DatasetFile;
import io.github.linfhash.data.manifest.FileIdentity;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file under way, {@code NAME.part}; it gets its name when it is whole. Beside it, {@code NAME.part.origin} says where
 * its beginning came from.
 */
final class PartFile implements AutoCloseable {
    private static final int LONGEST_NOTE = 1 << 14;

    private final Path target;
    private final Path part;
    private final Path note;
    private final ProcessLock lock;
    private final FileChannel channel;
    private boolean mixed;

    private PartFile(Path target, Path part, ProcessLock lock) throws IOException {
        this.target = target;
        this.part = part;
        this.note = part.resolveSibling(part.getFileName() + ".origin");
        this.lock = lock;
        this.channel = lock.channel();
        this.mixed = channel.size() > 0;
    }

    /**
     * Opens what there is of a file, or an empty one; missing folders are made. The lock ends with the channel, or with the
     * program.
     *
     * @throws InputException if another download of the same file is under way
     * @throws FileSystemException if the folder cannot be written to
     */
    static PartFile open(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        AtomicFiles.makeFolderOf(target);
        ProcessLock lock = ProcessLock.tryLock(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)
                .orElseThrow(() -> new InputException(
                        part + " is in use: expected no other download of this file, found one that is under way"));
        try {
            lock.channel().position(lock.channel().size());
            return new PartFile(target, part, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Refuses to begin a download that the disk has no room for; without knowing the free space, it may begin.
     *
     * @param size the bytes of the whole file
     * @throws FileSystemException if there is too little room
     */
    void requireRoom(long size) throws IOException {
        long needed = size - size();
        OptionalLong free = AtomicFiles.freeSpace(part);
        if (free.isPresent() && needed > free.getAsLong()) {
            throw new FileSystemException(
                    part.toString(), null, "it needs " + needed + " bytes more, and " + free.getAsLong() + " are free");
        }
    }

    /** How many bytes there are. */
    long size() throws IOException {
        return channel.size();
    }

    /** Whether the bytes come from more than one answer. */
    boolean mixed() {
        return mixed;
    }

    Path path() {
        return part;
    }

    /**
     * Notes where the first bytes come from.
     *
     * @param source the address that was asked
     * @param validator what the server calls this version of the file: what {@code If-Range} takes; empty if it does not say
     */
    void note(URI source, String validator) throws IOException {
        Files.writeString(note, source + "\n" + validator + "\n");
    }

    /** Returns an address's validator of the version that the first bytes come from; empty if they come from elsewhere. */
    String validator(URI source) throws IOException {
        if (!Files.isRegularFile(note) || Files.size(note) > LONGEST_NOTE) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(note), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return lines.size() == 2 && lines.get(0).equals(source.toString()) ? lines.get(1) : "";
    }

    /** Says that more will be added to what there is. */
    void resume() throws IOException {
        mixed = size() > 0;
    }

    void append(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Drops what there is. */
    void restart() throws IOException {
        channel.truncate(0);
        channel.position(0);
        mixed = false;
        Files.deleteIfExists(note);
    }

    /**
     * Compares the bytes with those that a manifest lists. They are read by the channel that has the lock: when a process closes any other
     * channel of a file, POSIX releases its locks.
     *
     * @return what differs, as {@link FileIdentity#difference(DatasetFile, Path)}
     */
    Optional<String> difference(DatasetFile expected) throws IOException {
        return FileIdentity.difference(expected, part.toString(), size(), Content::new);
    }

    /** The bytes from the first on; leaves the position of the channel as it is. */
    private final class Content extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(0, count);
            return count;
        }
    }

    /** Gives the file its name. */
    void finish() throws IOException {
        channel.force(true);
        AtomicFiles.move(part, target);
        Files.deleteIfExists(note);
    }

    /** Removes what there is, which is of no use. */
    void discard() throws IOException {
        restart();
        Files.deleteIfExists(part);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
