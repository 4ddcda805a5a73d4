package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Labels as NPY files: one class for each row (n whole numbers, one dimension), or a set of labels for each row (an
 * n x L matrix of 0 and 1, two dimensions).
 */
public final class LabelArrays {
    private LabelArrays() {}

    /**
     * Reads labels; the number of dimensions says of which kind.
     *
     * @return {@link ClassLabels} from one dimension, {@link LabelSets} from two
     * @throws InputException if the file holds no labels
     */
    public static Labels read(Path file) {
        try (StrictInput in = StrictInput.open(file)) {
            return read(in);
        }
    }

    /** Reads labels, which are all that the input holds. */
    static Labels read(StrictInput in) {
        return of(in.name(), NpyFile.read(in), 0);
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
        return of(file.name(), file.next(most), first);
    }

    private static Labels of(String file, NpyArray array, int firstRow) {
        return array.dimensions() == 1 ? classes(file, array, firstRow) : sets(file, array);
    }

    private static ClassLabels classes(String file, NpyArray array, int firstRow) {
        if (!array.type().isInteger()) {
            throw array.wrong(file, "labels: one whole number for each row (int64, int32 or uint8)");
        }
        int[] classes = new int[array.rows()];
        for (int row = 0; row < classes.length; row++) {
            long label = array.integer(row);
            if (label != (int) label) {
                throw new InputException(file + " has a wrong label in row " + (firstRow + row)
                        + " (counted from 0): expected a number of 32 bits, found " + label);
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
        if (labels instanceof ClassLabels classes) {
            write(file, classes);
        } else {
            write(file, (LabelSets) labels);
        }
    }

    private static void write(Path file, LabelSets sets) throws IOException {
        byte[] content = new byte[Math.multiplyExact(sets.size(), sets.labels())];
        for (int row = 0; row < sets.size(); row++) {
            for (int label = 0; label < sets.labels(); label++) {
                content[row * sets.labels() + label] = (byte) (sets.has(row, label) ? 1 : 0);
            }
        }
        NpyFile.write(file, NpyArray.owning(NpyType.UINT8, List.of(sets.size(), sets.labels()), content));
    }

    private static void write(Path file, ClassLabels labels) throws IOException {
        ByteBuffer content =
                ByteBuffer.allocate(Math.multiplyExact(8, labels.size())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < labels.size(); i++) {
            content.putLong(labels.get(i));
        }
        NpyFile.write(file, NpyArray.owning(NpyType.INT64, List.of(labels.size()), content.array()));
    }
}
