package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends rows to files that are appended to in place. */
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
     * Appends rows to an .npy file: first the rows behind those that its header counts, and then, when they are flushed (fsync), the count,
     * so that a failure leaves a file of all rows or of those before. Bytes behind the last row are written over.
     *
     * @param descriptor the type of its elements
     * @param counted how many rows its header counts
     * @param before behind how many rows they are written, at most as many
     * @param count how many are appended
     * @param width the bytes of a row
     * @throws InvalidFileException if it is another file, or has another number of rows
     * @throws IOException if it cannot be written, or its header has no room for the larger count
     */
    public static void append(Path file, String descriptor, long counted, long before, long count, int width, Rows rows)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw new FileSystemException(
                        file.toString(), null, "expected one program that appends to it, found another one; try again");
            }
            ArrayHeader header = ArrayHeader.read(file.toString(), target -> MappedRows.fill(file, channel, target));
            long start = channel.position();
            if (!header.descriptor().equals(descriptor)
                    || header.isTransposed()
                    || header.shape().get(0) != counted
                    || (channel.size() - start) / width < counted) {
                throw new InvalidFileException(file + ": expected the " + counted
                        + " rows that it had, found that another program changed it; open it again");
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

    /**
     * Locks a file against others that append to it.
     *
     * @return null if another one does
     * @throws IOException if the system has no locks
     */
    public static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another object of this program
        }
    }

    /** The text of a header with another count, as long as the one before. */
    private static ByteBuffer text(Path file, ArrayHeader header, int length, long rows) throws IOException {
        List<Integer> shape = header.shape();
        String columns = shape.size() == 1 ? "" : " " + shape.get(1);
        String text = "{'descr': '" + header.descriptor() + "', 'fortran_order': False, 'shape': (" + rows + ","
                + columns + "), }";
        if (rows > Integer.MAX_VALUE || text.length() + 1 > length) {
            throw new FileSystemException(
                    file.toString(), null, "expected room for " + rows + " rows in its header, found none; save it");
        }
        String padded = text + " ".repeat(length - 1 - text.length()) + "\n";
        return ByteBuffer.wrap(padded.getBytes(StandardCharsets.US_ASCII));
    }
}
