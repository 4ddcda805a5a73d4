package io.github.linfhash.codes;

import io.github.linfhash.codes.files.MappedRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The vectors of an .npy file of float32, which may be larger than memory; safe for threads. The file must not change meanwhile. */
public final class VectorFile implements VectorSource {
    private final MappedRows rows;

    private VectorFile(MappedRows rows) {
        this.rows = rows;
    }

    /**
     * Maps a file.
     *
     * @param file n x d, in C order and little-endian
     * @throws InvalidFileException if it is missing, or anything else
     */
    public static VectorFile map(Path file) throws IOException {
        return new VectorFile(MappedRows.ofNpy(file, "<f4", Float.BYTES));
    }

    /** The number of vectors, n. */
    public long size() {
        return rows.rows();
    }

    /** The dimension of vectors, d. */
    public int dimension() {
        return rows.width() / Float.BYTES;
    }

    @Override
    public void copy(long id, float[] target) {
        byte[] row = new byte[rows.width()];
        rows.copyRow(id, row, 0);
        ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target, 0, dimension());
    }
}
