package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.StrictInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The formats of the TEXMEX corpus (SIFT1M, GIST1M): for each vector its dimension as int32, then its components, as
 * float32 in {@code .fvecs} and as unsigned bytes in {@code .bvecs}; all little-endian.
 */
final class TexmexFile {
    private static final int MOST_COMPONENTS = 1 << 20;
    private static final String EXPECTED = "a dimension of 4 bytes";

    private final StrictInput in;
    private final int componentBytes;

    private TexmexFile(StrictInput in, int componentBytes) {
        this.in = in;
        this.componentBytes = componentBytes;
    }

    /**
     * Reads a file.
     *
     * @param kept the rows that are wanted
     * @param task advanced by the bytes that are read
     * @param componentBytes 4 for float32, or 1 for unsigned bytes
     * @throws InputException if the file is not of this format, its vectors differ in dimension, or a component is not
     *     finite
     */
    static FeatureMatrix read(Path file, RowSelectionCollector kept, Progress.Task task, int componentBytes) {
        try (StrictInput in = StrictInput.open(file, task)) {
            return new TexmexFile(in, componentBytes).read(kept);
        }
    }

    private FeatureMatrix read(RowSelectionCollector kept) {
        long size = in.room();
        int dimension = readDimension();
        if (dimension < 1 || dimension > MOST_COMPONENTS) {
            throw new InputException(in.name() + " has a wrong first vector: expected a dimension from 1 to "
                    + MOST_COMPONENTS + ", found " + dimension);
        }
        int vectorBytes = Integer.BYTES + dimension * componentBytes;
        if (size % vectorBytes != 0) {
            throw new InputException(in.name() + " has a wrong size: expected vectors of dimension " + dimension + " ("
                    + vectorBytes + " bytes each), found " + size + " bytes");
        }
        kept.begin(in.name(), size / vectorBytes, dimension);
        int rows = kept.rows();
        ByteBuffer components = ByteBuffer.allocate(dimension * componentBytes).order(ByteOrder.LITTLE_ENDIAN);
        // The dimension of the first vector has been read.
        long passed = -Integer.BYTES;
        for (int row = 0; row < rows; row++) {
            if (kept.passesOver(row)) {
                passed += vectorBytes;
                continue;
            }
            if (row > 0) {
                in.skip(passed, "vectors before row " + row);
                requireDimension(row, dimension);
            }
            passed = 0;
            in.read(components.array(), 0, components.capacity(), "vector " + row);
            unpack(components, row, kept, dimension);
        }
        in.skip(passed, "vectors up to row " + rows);
        in.expectEnd(rows + " vectors of dimension " + dimension);
        return kept.toMatrix();
    }

    private int readDimension() {
        byte[] four = new byte[Integer.BYTES];
        in.read(four, 0, four.length, EXPECTED);
        return ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private void requireDimension(int row, int dimension) {
        int found = readDimension();
        if (found != dimension) {
            throw new InputException(in.name() + " has a wrong vector in row " + row
                    + " (counted from 0): expected dimension " + dimension + " as in row 0, found " + found);
        }
    }

    private void unpack(ByteBuffer components, int row, RowSelectionCollector kept, int dimension) {
        for (int j = 0; j < dimension; j++) {
            float value =
                    componentBytes == Float.BYTES ? components.getFloat(Float.BYTES * j) : components.get(j) & 0xff;
            if (Float.isFinite(value)) {
                kept.set(row, j, value);
            } else {
                int column = j;
                kept.setNotFinite(
                        row,
                        () -> new InputException(in.name() + " has a wrong value in row " + row + ", column " + column
                                + " (counted from 0): expected a finite number, found " + value));
            }
        }
    }
}
