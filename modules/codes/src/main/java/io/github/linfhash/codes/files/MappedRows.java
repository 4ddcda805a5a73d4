package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Rows of bytes of a file, of which the system reads what is needed, so that the file may be larger than memory; safe for threads. The file
 * must not change while it is in use.
 */
public final class MappedRows {
    private static final long MOST_OF_SEGMENT = 1L << 30;

    private final long rows;
    private final int width;
    private final int rowsOfSegment; // a power of two, as divisions cost more than the rest of a look-up
    private final int shift;
    private final ByteBuffer[] segments;

    private MappedRows(long rows, int width, int rowsOfSegment, ByteBuffer[] segments) {
        this.rows = rows;
        this.width = width;
        this.rowsOfSegment = rowsOfSegment;
        this.shift = Integer.numberOfTrailingZeros(rowsOfSegment);
        this.segments = segments;
    }

    /**
     * Maps rows.
     *
     * @param offset where the first row begins
     * @param rows how many, all within the file
     * @param width the bytes of a row, at least 1
     * @param mapping takes the parts of the file
     * @throws IOException if the file cannot be mapped
     */
    public static MappedRows of(FileChannel channel, long offset, long rows, int width, Mapping mapping)
            throws IOException {
        int ofSegment = Integer.highestOneBit((int) Math.max(1, MOST_OF_SEGMENT / width));
        ByteBuffer[] segments = new ByteBuffer[Math.toIntExact((rows + ofSegment - 1) / ofSegment)];
        for (int s = 0; s < segments.length; s++) {
            long first = (long) s * ofSegment;
            long bytes = Math.min(ofSegment, rows - first) * width;
            segments[s] = mapping.map(channel, offset + first * width, bytes);
        }
        return new MappedRows(rows, width, ofSegment, segments);
    }

    /**
     * Maps the rows of an .npy file, in C order and little-endian.
     *
     * @param descriptor the type that is expected, such as {@code <f4}
     * @param elementBytes the bytes of an element of that type
     * @param growing whether bytes behind the last row are those of an append that did not end, and are ignored
     * @param mapping takes the file
     * @throws InvalidFileException if the file is anything else, or longer or shorter than its header says
     */
    public static MappedRows ofNpy(Path file, String descriptor, int elementBytes, boolean growing, Mapping mapping)
            throws IOException {
        requireFile(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ArrayHeader header = ArrayHeader.read(file.toString(), target -> fill(file, channel, target));
            if (!header.descriptor().equals(descriptor) || header.isTransposed()) {
                throw new InvalidFileException(file + ": expected elements of the type " + descriptor
                        + " in C order, found " + header.descriptor()
                        + (header.isTransposed() ? " in Fortran order" : ""));
            }
            long rows = header.shape().get(0);
            long columns = header.shape().size() == 1 ? 1 : header.shape().get(1);
            long left = channel.size() - channel.position();
            long width = columns * elementBytes;
            if (width < 1 || width > MOST_OF_SEGMENT || left / width < rows || (!growing && left != rows * width)) {
                throw new InvalidFileException(file + ": expected " + descriptor + " of shape " + header.shape()
                        + ", found " + left + " bytes behind the header");
            }
            return of(channel, channel.position(), rows, (int) width, mapping);
        }
    }

    static void requireFile(Path file) throws InvalidFileException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidFileException(
                    file + " is missing: expected a file, found " + (Files.isDirectory(file) ? "a folder" : "nothing"));
        }
    }

    static void fill(Path file, FileChannel channel, byte[] target) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(target);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new InvalidFileException(
                        file + " is too short: expected an NPY header, found its end", new EOFException());
            }
        }
    }

    private int inSegment(long row) {
        return (int) row & (rowsOfSegment - 1);
    }

    /** The number of rows. */
    public long rows() {
        return rows;
    }

    /** The bytes of a row. */
    public int width() {
        return width;
    }

    /**
     * Copies consecutive rows, as many as {@code most} and those of one mapped part are.
     *
     * @param first at least 0 and below {@link #rows}
     * @param target takes them from {@code at} on
     * @return how many, at least 1
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public int copy(long first, int most, byte[] target, int at) {
        Objects.checkIndex(first, rows);
        int row = inSegment(first);
        ByteBuffer segment = segments[(int) (first >>> shift)];
        int count = Math.min(most, segment.capacity() / width - row);
        segment.get(row * width, target, at, count * width);
        return count;
    }

    /**
     * Returns a row of eight bytes as a number, little-endian.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public long number(long row) {
        Objects.checkIndex(row, rows);
        return segments[(int) (row >>> shift)].getLong(inSegment(row) * width);
    }

    /**
     * Copies a row into the place of a larger array.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void copyRow(long row, byte[] target, int at) {
        Objects.checkIndex(row, rows);
        segments[(int) (row >>> shift)].get(inSegment(row) * width, target, at, width);
    }
}
