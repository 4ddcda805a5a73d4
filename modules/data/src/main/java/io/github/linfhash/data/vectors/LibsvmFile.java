package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Room;
import io.github.linfhash.io.input.TextFiles;
import java.nio.file.Path;

/**
 * Features and labels in LIBSVM's text format, also of its multi-label data sets: {@code 1,5,9 3:0.5 17:1}.
 *
 * <p>Indices count from 1; if index 0 occurs, as scikit-learn writes it, they count from 0. The dimension is the largest
 * that occurs.
 */
public final class LibsvmFile {
    /** How often {@link #features} reads the file. */
    public static final int PASSES = 2;

    private static final long FREE_VALUES = 1 << 21;
    private static final long VALUES_PER_BYTE = 1_000;

    private LibsvmFile() {}

    /**
     * Reads the features: once for their size, once for their values, so that nothing but the matrix is in memory.
     *
     * @param task advanced by the bytes that are read
     * @return n x d, with zeros where the file has no entries
     * @throws InputException if the file is not of this format or the matrix is too large
     */
    public static FeatureMatrix features(Path file, Progress.Task task) {
        Extent extent = Extent.of(file, task);
        int size = Room.require(file.toString(), extent.rows(), extent.dimension());
        requireDenseEnough(file, extent);
        float[] values = new float[size];
        try (LibsvmRows rows = LibsvmRows.open(file, task)) {
            int row = 0;
            for (; rows.next(); row++) {
                if (row == extent.rows() || !extent.covers(rows)) {
                    throw rows.lines().wrong("what was there before", "another content: it is being changed");
                }
                for (int entry = 0; entry < rows.count(); entry++) {
                    values[row * extent.dimension() + rows.index(entry) - extent.first()] = rows.value(entry);
                }
            }
        }
        return FeatureMatrix.owning(extent.rows(), extent.dimension(), values);
    }

    /** A few bytes must not ask for gigabytes of zeros. Bags of words have some tens of values for each byte of such a file. */
    private static void requireDenseEnough(Path file, Extent extent) {
        long most = FREE_VALUES + VALUES_PER_BYTE * TextFiles.size(file);
        if ((long) extent.rows() * extent.dimension() > most) {
            throw new InputException(file + " is too sparse for a matrix: expected at most " + most + " values ("
                    + VALUES_PER_BYTE + " for each byte of the file), found " + extent.rows() + " rows of "
                    + extent.dimension());
        }
    }

    private record Extent(int rows, int first, int last) {
        static Extent of(Path file, Progress.Task task) {
            int n = 0;
            int first = 1;
            int last = 0;
            boolean entries = false;
            try (LibsvmRows rows = LibsvmRows.open(file, task)) {
                for (; rows.next(); n++) {
                    if (rows.count() > 0) {
                        entries = true;
                        first = Math.min(first, rows.index(0));
                        last = Math.max(last, rows.index(rows.count() - 1));
                    }
                }
            }
            if (!entries) {
                throw new InputException(
                        file + " has no features: expected INDEX:VALUE entries, found none in " + n + " rows");
            }
            return new Extent(n, first, last);
        }

        int dimension() {
            return last - first + 1;
        }

        boolean covers(LibsvmRows row) {
            return row.count() == 0 || (row.index(0) >= first && row.index(row.count() - 1) <= last);
        }
    }

    /**
     * Reads the labels.
     *
     * @param task advanced by the bytes that are read
     * @return classes if every row has one label, otherwise sets of labels
     * @throws InputException if the file is not of this format; also where a row has no label, and no row has several
     */
    public static NamedLabels labels(Path file, Progress.Task task) {
        LabelWords words = new LabelWords(file.toString());
        try (LibsvmRows rows = LibsvmRows.open(file, task)) {
            while (rows.next()) {
                words.add(rows.labels());
            }
        }
        return words.toLabels();
    }
}
