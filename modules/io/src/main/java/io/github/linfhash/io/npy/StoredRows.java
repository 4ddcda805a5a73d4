package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.StrictInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The place of a matrix in a file of whatever format, where its rows follow one another without gaps.
 *
 * @param name names the matrix for the user
 * @param file the file
 * @param start the position of the first element, in bytes
 * @param type of the elements
 * @param order of the bytes of an element
 * @param rows n
 * @param dimension d
 */
public record StoredRows(String name, Path file, long start, NpyType type, ByteOrder order, int rows, int dimension) {
    NpyHeader header() {
        return new NpyHeader(type, order, false, List.of(rows, dimension));
    }

    /**
     * Reads rows; whatever else the file holds is passed over.
     *
     * @param kept the rows that are wanted
     * @param task advanced by the bytes of the file
     * @param notes told once if the elements are of another type than float32
     * @throws InputException if the matrix is empty or does not lie in the file, or a value is not finite
     *     as float32
     */
    public FeatureMatrix read(RowSelectionCollector kept, Progress.Task task, Consumer<String> notes) {
        try (StrictInput in = StrictInput.open(name, file, task)) {
            in.skip(start, header().shown());
            FeatureMatrix read = FeatureArrays.read(in, header(), kept);
            note(notes);
            in.skip(in.room(), "the rest of the file");
            return read;
        }
    }

    /**
     * Opens the rows, which are then read whenever they are asked for.
     *
     * @param notes told once if the elements are of another type than float32
     * @throws InputException if the matrix is empty or does not lie in the file
     */
    public NpyFeatures open(Consumer<String> notes) {
        try (StrictInput in = StrictInput.open(name, file, Progress.Task.SILENT)) {
            in.skip(start, header().shown());
            FeatureArrays.requireFeatures(in, header());
        }
        note(notes);
        return NpyFeatures.open(name, file, header(), start);
    }

    /**
     * Reads all elements as they are.
     *
     * @throws InputException if they do not lie in the file, or take more than 2 GiB
     */
    public NpyArray toArray() {
        try (StrictInput in = StrictInput.open(name, file, Progress.Task.SILENT)) {
            in.skip(start, header().shown());
            return NpyFile.read(in, header());
        }
    }

    /** Makes an array of all elements, as they are in a file; the caller gives the bytes away. */
    public NpyArray toArray(byte[] content) {
        NpyFile.toLittleEndian(content, header());
        return NpyArray.owning(type, header().shape(), content);
    }

    /**
     * Keeps an element.
     *
     * @param elements as they are in a file, in its byte order
     * @param index of the element among these
     * @throws InputException if it is not finite as float32, and its row is wanted
     */
    public void put(RowSelectionCollector kept, int row, int column, ByteBuffer elements, int index) {
        FeatureArrays.put(kept, name, row, column, type.real(elements, index));
    }

    /** Notes that the elements are of another type than float32, if they are. */
    public void note(Consumer<String> notes) {
        if (type != NpyType.FLOAT32) {
            notes.accept(name + ": " + type.shown() + ", read as float32");
        }
    }
}
