package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Labels as NPY files: one class for each row (n whole numbers or truth values, in one dimension or in one column), or a
 * set of labels for each row (an n x L matrix of 0 and 1). A column of uint8 or bool that holds nothing but 0 and 1 is a
 * matrix of one label, as linfhash writes it.
 */
public final class LabelArrays {
    private LabelArrays() {}

    /**
     * Reads labels; the shape says of which kind.
     *
     * @return {@link ClassLabels} from one dimension or column, {@link LabelSets} from a matrix of 0 and 1
     * @throws InputException if the file holds no labels
     */
    public static Labels read(Path file) {
        return read(file, Progress.Task.SILENT, note -> {});
    }

    /**
     * Reads labels; the shape says of which kind.
     *
     * @param task advanced by the bytes that are read
     * @param notes told once if classes are of another type than int64 or int32, or labels in one column
     * @return {@link ClassLabels} from one dimension or column, {@link LabelSets} from a matrix of 0 and 1
     * @throws InputException if the file holds no labels
     */
    public static Labels read(Path file, Progress.Task task, Consumer<String> notes) {
        try (StrictInput in = StrictInput.open(file, task)) {
            return read(in, notes);
        }
    }

    /** Reads labels, which are all that the input holds. */
    static Labels read(StrictInput in, Consumer<String> notes) {
        NpyArray array = NpyFile.read(in);
        Labels labels = of(in.name(), array, 0);
        boolean usual = array.type() == NpyType.INT64 || array.type() == NpyType.INT32;
        boolean column = isColumn(array);
        if (column || (labels instanceof ClassLabels && !usual)) {
            String shape = column ? " of shape (" + array.rows() + ", 1)" : "";
            String meaning = labels instanceof ClassLabels
                    ? (usual ? "" : "int32, ") + "one class a row"
                    : "one label that a row has (1) or has not (0)";
            notes.accept(in.name() + ": " + array.type().shown() + shape + ", read as " + meaning);
        }
        return labels;
    }

    /**
     * The labels of the next rows of a file that is read in blocks.
     *
     * @param most how many rows at most
     * @return fewer rows at the file's end, and none after it
     * @throws InputException if the array holds no labels
     */
    public static Labels next(NpyRows file, int most) {
        int first = file.position();
        NpyArray block = file.next(most);
        // What one block holds does not say what the others do.
        return isColumn(block) && isBits(block) ? sets(file.name(), block) : of(file.name(), block, first);
    }

    private static Labels of(String file, NpyArray array, int firstRow) {
        boolean classes = isColumn(array) ? !isBits(array) || !array.isZeroOne() : array.dimensions() == 1;
        return classes ? classes(file, array, firstRow) : sets(file, array);
    }

    private static boolean isColumn(NpyArray array) {
        return array.dimensions() == 2 && array.columns() == 1;
    }

    private static boolean isBits(NpyArray array) {
        return array.type() == NpyType.UINT8 || array.type() == NpyType.BOOL;
    }

    private static ClassLabels classes(String file, NpyArray array, int firstRow) {
        if (!array.type().isInteger() && array.type() != NpyType.BOOL) {
            throw array.wrong(
                    file,
                    "labels: one whole number for each row, of an integer type (names of classes are read from .txt, .csv or .parquet)");
        }
        int[] classes = new int[array.rows()];
        for (int row = 0; row < classes.length; row++) {
            long label = array.integer(row);
            if (label != (int) label || (label < 0 && array.type() == NpyType.UINT64)) {
                throw new InputException(file + " has a wrong label in row " + (firstRow + row)
                        + " (counted from 0): expected a number of 32 bits, found "
                        + (array.type() == NpyType.UINT64 ? Long.toUnsignedString(label) : label));
            }
            classes[row] = (int) label;
        }
        return ClassLabels.of(classes);
    }

    private static LabelSets sets(String file, NpyArray array) {
        if (!array.isMatrix() || !array.isZeroOne()) {
            throw array.wrong(file, "labels: in two dimensions, a matrix of nothing but 0 and 1");
        }
        boolean[] indicator = new boolean[array.elements()];
        for (int i = 0; i < indicator.length; i++) {
            indicator[i] = array.real(i) != 0;
        }
        return LabelSets.of(array.rows(), array.columns(), indicator);
    }

    /** Writes classes as int64, sets as a uint8 matrix of 0 and 1. */
    public static void write(Path file, Labels labels) throws IOException {
        NpyFile.write(file, toArray(labels));
    }

    /** Classes as int64, sets as a uint8 matrix of 0 and 1. */
    public static NpyArray toArray(Labels labels) {
        return labels instanceof ClassLabels classes ? toArray(classes) : toArray((LabelSets) labels);
    }

    private static NpyArray toArray(LabelSets sets) {
        byte[] content = new byte[Math.multiplyExact(sets.size(), sets.labels())];
        for (int row = 0; row < sets.size(); row++) {
            for (int label = 0; label < sets.labels(); label++) {
                content[row * sets.labels() + label] = (byte) (sets.has(row, label) ? 1 : 0);
            }
        }
        return NpyArray.owning(NpyType.UINT8, List.of(sets.size(), sets.labels()), content);
    }

    private static NpyArray toArray(ClassLabels labels) {
        ByteBuffer content =
                ByteBuffer.allocate(Math.multiplyExact(8, labels.size())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < labels.size(); i++) {
            content.putLong(labels.get(i));
        }
        return NpyArray.owning(NpyType.INT64, List.of(labels.size()), content.array());
    }
}
