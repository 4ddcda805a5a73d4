package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Appends to files in place. */
public final class ArrayAppend {
    private static final int VERSION_AT = 6;
    private static final int BLOCK = 1 << 20;

    private ArrayAppend() {}

    /** Rows of bytes. */
    @FunctionalInterface
    public interface Rows {
        /** Copies at least one and at most so many rows from {@code first} on, and returns how many. */
        int copy(long first, int most, byte[] target);
    }

    /**
     * A file that nobody else appends to or replaces until this is closed.
     *
     * @param channel reads and writes
     */
    public record Locked(FileChannel channel, ProcessLock lock) implements Closeable {
        @Override
        public void close() throws IOException {
            try (lock) {
                channel.close();
            }
        }
    }

    /**
     * Locks a file and then opens it, so that it is the one that has the name while it is appended to.
     *
     * @throws InvalidFileException if it is missing
     * @throws IOException if it or its lock's file cannot be written, or another one replaces it or appends to it
     */
    public static Locked open(Path file) throws IOException {
        MappedRows.requireFile(file);
        // Whoever takes another link to it has to find the same lock.
        Path real = file.toRealPath();
        ProcessLock lock = WholeFile.lock(real, file);
        try {
            return new Locked(FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Appends rows to an .npy file: first the rows behind those that its header counts, and then, when they are flushed (fsync), the count,
     * so that a failure leaves a file of all rows or of those before. Bytes behind the last row are written over.
     *
     * @param descriptor the type of its elements
     * @param counted how many rows its header counts
     * @param before behind how many rows they are written, at most as many
     * @param count how many are appended
     * @param width the bytes of a row
     * @throws InvalidFileException if it is another file, or has another number of rows
     * @throws IOException if it cannot be written, another one replaces it or appends to it, or its header has no room for the larger count
     */
    public static void append(Path file, String descriptor, long counted, long before, long count, int width, Rows rows)
            throws IOException {
        try (Locked locked = open(file)) {
            FileChannel channel = locked.channel();
            ArrayHeader header = requireRows(file, channel, descriptor, counted, width);
            long start = channel.position();
            if ((channel.size() - start) / width < counted) {
                throw new InvalidFileException(file + " is cut short: expected " + counted + " rows of " + width
                        + " bytes, found " + (channel.size() - start) + " bytes behind its header; write it again");
            }
            ByteBuffer version = ByteBuffer.allocate(1);
            channel.read(version, VERSION_AT);
            long textAt = version.get(0) == 1 ? 10 : 12;
            ByteBuffer text = text(file, header, (int) (start - textAt), before + count);
            channel.position(start + before * width);
            copy(channel, count, width, rows);
            channel.force(true);
            channel.position(textAt);
            WholeFile.writeFully(channel, text);
            channel.force(true);
        }
    }

    /**
     * Checks that an .npy file has the rows that are known, and nothing was appended to it since.
     *
     * @param channel at its beginning; is left behind the header
     * @throws InvalidFileException if it has others
     */
    public static ArrayHeader requireRows(Path file, FileChannel channel, String descriptor, long counted, int width)
            throws IOException {
        ArrayHeader header = ArrayHeader.read(file.toString(), target -> MappedRows.fill(file, channel, target));
        long columns = header.shape().size() == 1 ? 1 : header.shape().get(1);
        int elementBytes = Character.digit(descriptor.charAt(descriptor.length() - 1), 10);
        if (!header.descriptor().equals(descriptor) || header.isTransposed() || columns * elementBytes != width) {
            throw new InvalidFileException(file + ": expected the file that was opened, found another one in its place"
                    + " (" + header.descriptor() + " of shape " + header.shape() + "); open it again");
        }
        long rows = header.shape().get(0);
        if (rows != counted) {
            throw new InvalidFileException(file + ": expected the " + counted + " rows that it had, found " + rows
                    + ", as another one appended to it or replaced it; open it again, and add again what it lacks");
        }
        return header;
    }

    /**
     * Writes rows.
     *
     * @param count how many
     * @param width the bytes of a row
     * @throws IOException if they cannot be written
     */
    public static void copy(FileChannel channel, long count, int width, Rows rows) throws IOException {
        int most = Math.max(1, BLOCK / width);
        byte[] some = new byte[most * width];
        for (long first = 0; first < count; ) {
            int copied = rows.copy(first, (int) Math.min(most, count - first), some);
            WholeFile.writeFully(channel, ByteBuffer.wrap(some, 0, copied * width));
            first += copied;
        }
    }

    /** The text of a header with another count, as long as the one before. */
    private static ByteBuffer text(Path file, ArrayHeader header, int length, long rows) throws IOException {
        List<Integer> shape = header.shape();
        String columns = shape.size() == 1 ? "" : " " + shape.get(1);
        String text = ArrayHeader.text(header.descriptor(), "(" + rows + "," + columns + ")");
        if (rows > Integer.MAX_VALUE || text.length() + 1 > length) {
            throw new FileSystemException(
                    file.toString(), null, "expected room for " + rows + " rows in its header, found none; save it");
        }
        String padded = text + " ".repeat(length - 1 - text.length()) + "\n";
        return ByteBuffer.wrap(padded.getBytes(StandardCharsets.US_ASCII));
    }
}
