package io.github.linfhash.data.nuswide;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Reads files of counts straight into the rows of one matrix. */
final class CountMatrix {
    private static final int LARGEST = 1 << 24;

    /**
     * A file of counts, a line for each row of a part.
     *
     * @param order says which rows these are
     * @param source a file that says how many they are
     */
    record Lines(Path file, Part part, RowOrder order, Path source) {
        /** Entry i is the matrix row of line i + 1. */
        int[] rows() {
            return order.of(part);
        }
    }

    private final int width;
    private final float[] values;

    private CountMatrix(int width, float[] values) {
        this.width = width;
        this.values = values;
    }

    /**
     * Reads all files; they must hold as many numbers a line as the first line of the first.
     *
     * @param rows n, the number of lines of all files together
     * @throws InputException if a line is not one of whole numbers from 0 to 2^24, or a file has more or fewer lines
     */
    static FeatureMatrix read(List<Lines> files, int rows, Progress.Task task) {
        int width = width(files.get(0).file());
        if ((long) rows * width > Integer.MAX_VALUE) {
            throw new InputException(files.get(0).file() + ": expected at most " + Integer.MAX_VALUE
                    + " numbers in all, found " + rows + " lines of " + width);
        }
        // A number takes a digit and a separator. Files without room for all are read only to say what they lack.
        boolean room = files.stream().allMatch(lines -> hasRoom(lines, width));
        CountMatrix matrix = new CountMatrix(width, new float[room ? rows * width : width]);
        for (Lines lines : files) {
            matrix.fill(lines, room, task);
        }
        return FeatureMatrix.owning(rows, width, matrix.values);
    }

    private static int width(Path file) {
        try (NumberLines lines = NumberLines.open(file, LARGEST)) {
            int width = lines.readLine().length;
            if (width == 0) {
                throw new InputException(file + ": expected lines of numbers, found none");
            }
            return width;
        }
    }

    private static boolean hasRoom(Lines lines, int width) {
        try (NumberLines opened = NumberLines.open(lines.file(), LARGEST)) {
            return opened.room() >= 2L * lines.rows().length * width - 1;
        }
    }

    private void fill(Lines lines, boolean room, Progress.Task task) {
        int[] rows = lines.rows();
        float[] beyond = new float[width];
        int count = 0;
        try (NumberLines in = NumberLines.open(lines.file(), LARGEST)) {
            for (boolean stored = room && rows.length > 0;
                    in.readLine(stored ? values : beyond, stored ? rows[count] * width : 0, width);
                    stored = room && count < rows.length) {
                count++;
                task.advance(1);
            }
        }
        if (count != rows.length) {
            throw new InputException(
                    lines.file() + ": expected " + rows.length + " lines as in " + lines.source() + ", found " + count);
        }
    }
}
