package io.github.linfhash.formats.hdf5;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.io.npy.StoredRows;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A matrix of numbers in an HDF5 file, whose rows follow one another or lie in chunks; not to be used after its file is closed. */
public final class Hdf5Matrix {
    private final StoredRows shape;
    private final @Nullable Chunks chunks;

    /**
     * Describes a matrix.
     *
     * @param shape its name, type and size; with chunks, it does not lie where this says
     * @param chunks null if its rows follow one another
     */
    Hdf5Matrix(StoredRows shape, @Nullable Chunks chunks) {
        this.shape = shape;
        this.chunks = chunks;
    }

    /**
     * Requires float32 or float64.
     *
     * @throws InputException if the elements are of another type
     */
    public Hdf5Matrix requireReal() {
        return require(
                shape.type() == NpyType.FLOAT32 || shape.type() == NpyType.FLOAT64, "vectors in float32 or float64");
    }

    /**
     * Requires whole numbers.
     *
     * @throws InputException if the elements are of another type
     */
    public Hdf5Matrix requireWhole() {
        return require(shape.type().isInteger(), "ids: whole numbers, one row for each query");
    }

    private Hdf5Matrix require(boolean right, String expected) {
        if (!right) {
            throw new InputException(shape.name() + " has a wrong type: expected " + expected + ", found "
                    + shape.type().shown());
        }
        return this;
    }

    /** The rows as they lie in the file; empty if they lie in chunks. */
    public Optional<StoredRows> rows() {
        return chunks == null ? Optional.of(shape) : Optional.empty();
    }

    /**
     * Reads rows.
     *
     * @param kept the rows that are wanted
     * @param task advanced by the bytes of the file
     * @param notes told once if the elements are of another type than float32
     * @throws InputException if the file is damaged, the wanted rows do not fit into memory, or a value is not finite as float32
     */
    public FeatureMatrix read(RowSelectionCollector kept, Progress.Task task, Consumer<String> notes) {
        return chunks == null ? shape.read(kept, task, notes) : chunks.read(kept, task, notes);
    }

    /**
     * Reads all elements as they are.
     *
     * @throws InputException if the file is damaged, or they do not fit into memory
     */
    public NpyArray toArray() {
        return chunks == null ? shape.toArray() : chunks.toArray();
    }
}
