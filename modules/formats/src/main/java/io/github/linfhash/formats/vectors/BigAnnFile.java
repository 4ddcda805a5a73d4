package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.io.npy.StoredRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The formats of big-ann-benchmarks: the number of vectors and their dimension as uint32, then the vectors one after another, in float32
 * ({@code .fbin}), int32 ({@code .ibin}), uint8 ({@code .u8bin}) or int8 ({@code .i8bin}); all little-endian.
 */
final class BigAnnFile {
    private static final int MOST_COMPONENTS = 1 << 20;
    private static final int HEADER = 2 * Integer.BYTES;

    private BigAnnFile() {}

    /**
     * Reads the header of a file.
     *
     * @throws InputException if the file is missing, or of another size than its header says
     */
    static StoredRows open(Path file, NpyType type) {
        try (StrictInput in = StrictInput.open(file, Progress.Task.SILENT)) {
            long size = in.room();
            byte[] header = new byte[HEADER];
            in.read(header, 0, HEADER, "two numbers of 4 bytes: vectors and dimension");
            ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
            long rows = Integer.toUnsignedLong(numbers.getInt());
            long dimension = Integer.toUnsignedLong(numbers.getInt());
            if (rows < 1 || rows > Integer.MAX_VALUE || dimension < 1 || dimension > MOST_COMPONENTS) {
                throw new InputException(file + " has a wrong header: expected 1 to " + Integer.MAX_VALUE
                        + " vectors of dimension 1 to " + MOST_COMPONENTS + ", found " + rows + " of dimension "
                        + dimension);
            }
            long expected = HEADER + rows * dimension * type.bytes();
            if (size != expected) {
                throw new InputException(file + " has a wrong size: expected " + expected + " bytes for " + rows
                        + " vectors of dimension " + dimension + " in " + type.shown() + ", found " + size);
            }
            return new StoredRows(
                    file.toString(), file, HEADER, type, ByteOrder.LITTLE_ENDIAN, (int) rows, (int) dimension);
        }
    }
}
