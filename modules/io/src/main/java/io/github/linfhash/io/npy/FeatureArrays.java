package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Feature matrices as NPY files: n x d, written as float32, read from any type of numbers (rounded). */
public final class FeatureArrays {
    private static final String MATRIX = "a matrix with one vector per row (a single vector has shape 1 x d)";

    private static final int BLOCK = 1 << 13;

    private FeatureArrays() {}

    /**
     * Reads a feature matrix.
     *
     * @throws InputException if the file is no such array, or a value is not finite as float32
     */
    public static FeatureMatrix read(Path file) {
        return read(file, RowSelectionCollector.all(), Progress.Task.SILENT, note -> {});
    }

    /**
     * Reads rows of a feature matrix.
     *
     * @param kept the rows that are wanted
     * @param task advanced by the bytes that are read
     * @param notes told once if the elements are of another type than float32
     * @throws InputException if the file is no such array, or a value is not finite as float32
     */
    public static FeatureMatrix read(
            Path file, RowSelectionCollector kept, Progress.Task task, Consumer<String> notes) {
        try (StrictInput in = StrictInput.open(file, task)) {
            return read(in, kept, notes);
        }
    }

    /** Reads a feature matrix, which is all that the input holds, block by block. */
    static FeatureMatrix read(StrictInput in, RowSelectionCollector kept, Consumer<String> notes) {
        NpyHeader header = NpyFile.readHeader(in);
        FeatureMatrix read = read(in, header, kept);
        in.expectEnd("a header and " + header.shown());
        if (header.type() != NpyType.FLOAT32) {
            notes.accept(in.name() + ": " + header.type().shown() + ", read as float32");
        }
        return read;
    }

    /** Reads a feature matrix, which is all that the input holds next, block by block. */
    static FeatureMatrix read(StrictInput in, NpyHeader header, RowSelectionCollector kept) {
        requireFeatures(in, header);
        List<Integer> shape = header.shape();
        kept.begin(in.name(), shape.get(0), shape.get(1));
        if (header.isTransposed()) {
            readColumns(in, header, kept);
        } else {
            readRows(in, header, kept);
        }
        return kept.toMatrix();
    }

    /** Checks that an input that is behind its header holds a matrix. */
    static void requireFeatures(StrictInput in, NpyHeader header) {
        List<Integer> shape = header.shape();
        if (shape.size() != 2 || shape.get(0) < 1 || shape.get(1) < 1) {
            throw header.wrong(in.name(), MATRIX);
        }
        in.requireRoom(header.bytes(), header.shown());
    }

    private static void readColumns(StrictInput in, NpyHeader header, RowSelectionCollector kept) {
        int n = header.shape().get(0);
        ByteBuffer block = ByteBuffer.allocate(BLOCK * header.type().bytes()).order(header.order());
        for (long from = 0; from < header.elements(); from += BLOCK) {
            int count = (int) Math.min(BLOCK, header.elements() - from);
            in.read(block.array(), 0, count * header.type().bytes(), header.shown());
            for (int i = 0; i < count; i++) {
                long element = from + i;
                put(
                        kept,
                        in.name(),
                        (int) (element % n),
                        (int) (element / n),
                        header.type().real(block, i));
            }
        }
    }

    /** Rows that nobody wants are passed over without being read. */
    private static void readRows(StrictInput in, NpyHeader header, RowSelectionCollector kept) {
        int n = header.shape().get(0);
        int d = header.shape().get(1);
        ByteBuffer values = ByteBuffer.allocate(
                        Math.multiplyExact(d, header.type().bytes()))
                .order(header.order());
        long passed = 0;
        for (int row = 0; row < n; row++) {
            if (kept.passesOver(row)) {
                passed += values.capacity();
                continue;
            }
            in.skip(passed, header.shown());
            passed = 0;
            in.read(values.array(), 0, values.capacity(), header.shown());
            for (int j = 0; j < d; j++) {
                put(kept, in.name(), row, j, header.type().real(values, j));
            }
        }
        in.skip(passed, header.shown());
    }

    static void put(RowSelectionCollector kept, String file, int row, int column, double value) {
        if (Float.isFinite((float) value)) {
            kept.set(row, column, (float) value);
        } else {
            kept.setNotFinite(row, () -> notFinite(file, row, column, value));
        }
    }

    /**
     * The next rows of a feature matrix that is read in blocks.
     *
     * @param most how many rows at most
     * @return fewer rows at the file's end, and none after it
     * @throws InputException if the array is no matrix of numbers, or a value is not finite as float32
     */
    public static FeatureMatrix next(NpyRows file, int most) {
        if (file.dimensions() != 2 || file.columns() < 1) {
            throw new InputException(
                    file.name() + " has a wrong content: expected " + MATRIX + ", found " + file.shown());
        }
        int first = file.position();
        NpyArray block = file.next(most);
        float[] values = new float[block.elements()];
        for (int i = 0; i < values.length; i++) {
            double value = block.real(i);
            if (!Float.isFinite((float) value)) {
                throw notFinite(file.name(), first + i / file.columns(), i % file.columns(), value);
            }
            values[i] = (float) value;
        }
        return FeatureMatrix.owning(block.rows(), block.columns(), values);
    }

    static InputException notFinite(String file, int row, int column, double value) {
        return new InputException(file + " has a wrong value in row " + row + ", column " + column
                + " (counted from 0): expected a finite float32 number, found " + value);
    }

    /** Writes a feature matrix as float32. */
    public static void write(Path file, FeatureMatrix features) throws IOException {
        NpyFile.write(file, toArray(features));
    }

    /** A feature matrix as float32. */
    public static NpyArray toArray(FeatureMatrix features) {
        return NpyArray.ofFloats(features.toArray(), features.rows(), features.dimension());
    }
}
