package io.github.linfhash.codes;

import io.github.linfhash.codes.files.MappedRows;
import io.github.linfhash.codes.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The vectors of an .npy file of float32, which may be larger than memory, and behind them those that were added; safe for threads. The
 * file must not change meanwhile; what is added stays in memory until it is saved.
 */
public final class VectorFile implements VectorSource {
    private final Path file;
    private final MappedRows rows;
    private final AddedRows added;

    private VectorFile(Path file, MappedRows rows) {
        this.file = file;
        this.rows = rows;
        this.added = new AddedRows(rows.width());
    }

    /**
     * Maps a file.
     *
     * @param file n x d, in C order and little-endian
     * @throws InvalidFileException if it is missing, or anything else
     * @throws IOException if it cannot be read
     */
    public static VectorFile map(Path file) throws IOException {
        return new VectorFile(file, MappedRows.ofNpy(file, "<f4", Float.BYTES));
    }

    /** Returns the number of vectors, n. */
    public long size() {
        return rows.rows() + added.view().size();
    }

    /** Returns the dimension of vectors, d. */
    public int dimension() {
        return rows.width() / Float.BYTES;
    }

    /**
     * Copies a vector.
     *
     * @param target takes d values
     * @throws IllegalArgumentException if it has another length
     * @throws IndexOutOfBoundsException if there are fewer vectors
     */
    @Override
    public void copy(long id, float[] target) {
        requireDimension(target.length);
        byte[] row = new byte[rows.width()];
        long size = size();
        if (id < 0 || id >= size) {
            throw new IndexOutOfBoundsException("expected an id below " + size + ", as many as " + file
                    + " has vectors, found " + id + "; add a vector for each code that is added to an index");
        }
        if (id < rows.rows()) {
            rows.copyRow(id, row, 0);
        } else {
            added.view().copy(id - rows.rows(), 1, row);
        }
        floats(row).get(target, 0, dimension());
    }

    /**
     * Adds a vector. To add its code with it, use {@link CodeIndex#add(float[], VectorFile)}.
     *
     * @param vector d finite values
     * @return its id
     * @throws IllegalArgumentException if it has another dimension, or a value that is not finite
     */
    public synchronized long add(float[] vector) {
        requireDimension(vector.length);
        if (!Double.isFinite(VectorSimilarity.squaredLength(vector, 0, vector.length))) {
            throw new IllegalArgumentException("expected a vector of finite values, found others");
        }
        byte[] row = new byte[rows.width()];
        floats(row).put(vector);
        long id = size();
        added.add(row);
        return id;
    }

    private void requireDimension(int found) {
        if (found != dimension()) {
            throw new IllegalArgumentException(
                    "expected vectors of dimension " + dimension() + ", as those of " + file + ", found " + found);
        }
    }

    private static FloatBuffer floats(byte[] row) {
        return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /**
     * Writes all vectors to an .npy file, whole or not at all. The file of {@link #map} can be replaced, too. A symbolic link is replaced,
     * not followed.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path target) throws IOException {
        AddedRows.View seen = added.view();
        long size = rows.rows() + seen.size();
        int width = rows.width();
        int most = Math.max(1, (1 << 20) / width);
        byte[] some = new byte[most * width];
        WholeFile.write(target, channel -> {
            WholeFile.writeFully(channel, ByteBuffer.wrap(header(size)));
            for (long first = 0; first < size; ) {
                int count =
                        first < rows.rows() ? rows.copy(first, most, some) : seen.copy(first - rows.rows(), most, some);
                WholeFile.writeFully(channel, ByteBuffer.wrap(some, 0, count * width));
                first += count;
            }
        });
    }

    /** The header of version 1.0 (NumPy's NEP 1), padded to a multiple of 64 bytes as NumPy does. */
    private byte[] header(long size) {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + size + ", " + dimension() + "), }";
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) (length - 10));
        header.put((text + " ".repeat(length - 11 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }
}
