package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.NamedLabels.LabelWords;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features and labels in LIBSVM's text format, also of its multi-label data sets: {@code 1,5,9 3:0.5 17:1}.
 *
 * <p>Unless the layout states the smallest index, it is 0 if index 0 occurs, as scikit-learn writes it, and otherwise 1. If only the
 * dimension is known, the smallest index must show: 0 or the dimension itself occurs. The dimension is that of the largest index unless the
 * layout states it. Vectors that belong to other vectors have their smallest index and their dimension.
 */
public final class LibsvmFile {
    /** How often {@link #features} reads the file. */
    public static final int PASSES = 2;

    static final int LARGEST_INDEX = 1 << 20;

    private static final long FREE_VALUES = 1 << 21;
    private static final long VALUES_PER_BYTE = 1_000;

    private LibsvmFile() {}

    /**
     * Reads the features: once for their size, once for their values, so that nothing but the matrix is in memory.
     *
     * @param layout what is known of the indices
     * @param kept the rows that are wanted
     * @param task advanced by the bytes that are read
     * @return n x d, with zeros where the file has no entries
     * @throws InputException if the file is not of this format, disagrees with the layout, or the matrix is too large
     */
    public static FeatureMatrix features(Path file, TableForm layout, RowSelectionCollector kept, Progress.Task task) {
        Extent extent = Extent.of(file, layout, task);
        requireDenseEnough(file, extent);
        kept.begin(file.toString(), extent.rows(), extent.dimension());
        try (LibsvmRows rows = new LibsvmRows(file, task)) {
            int row = 0;
            for (; rows.next(); row++) {
                if (row == extent.rows() || !extent.covers(rows)) {
                    throw rows.lines.wrong("what was there before", "another content: it is being changed");
                }
                for (int entry = 0; entry < rows.count; entry++) {
                    kept.set(row, rows.indices[entry] - extent.first(), rows.values[entry]);
                }
            }
        }
        return kept.toMatrix();
    }

    /** A few bytes must not ask for gigabytes of zeros. Bags of words have some tens of values for each byte of such a file. */
    private static void requireDenseEnough(Path file, Extent extent) {
        long most = FREE_VALUES + VALUES_PER_BYTE * TextLines.size(file);
        if ((long) extent.rows() * extent.dimension() > most) {
            throw new InputException(file + " is too sparse for a matrix: expected at most " + most + " values ("
                    + VALUES_PER_BYTE + " for each byte of the file), found " + extent.rows() + " rows of "
                    + extent.dimension());
        }
    }

    /**
     * Reads the indices of a file that other files must agree with.
     *
     * @param task advanced by the bytes that are read
     * @throws InputException as for {@link #features}
     */
    static TableForm.Found find(Path file, TableForm layout, Progress.Task task) {
        Extent extent = Extent.of(file, layout, task);
        return new TableForm.Found(file, null, extent.first(), extent.dimension());
    }

    /**
     * The size of a matrix.
     *
     * @param first the index of the first feature
     * @param last the index of the last feature
     */
    private record Extent(int rows, int first, int last) {
        static Extent of(Path file, TableForm layout, Progress.Task task) {
            int n = 0;
            int smallest = Integer.MAX_VALUE;
            int largest = -1;
            try (LibsvmRows rows = new LibsvmRows(file, task)) {
                for (; rows.next(); n++) {
                    if (rows.count > 0) {
                        smallest = Math.min(smallest, rows.indices[0]);
                        largest = Math.max(largest, rows.indices[rows.count - 1]);
                    }
                }
            }
            if (largest < 0) {
                throw new InputException(
                        file + " has no features: expected INDEX:VALUE entries, found none in " + n + " rows");
            }
            TableForm.Found others = layout.found();
            Integer dimension = layout.dimension() == null && others != null ? others.dimension() : layout.dimension();
            int first = first(file, layout, dimension, smallest, largest);
            if (smallest < first) {
                throw new InputException(
                        file + ": expected indices from 1" + (layout.indexBase() != null ? " as stated" : as(others))
                                + ", found index 0; if indices count from 0 in all files, set --index-base 0");
            }
            int last = dimension == null ? largest : first + dimension - 1;
            if (largest > last) {
                throw new InputException(file + ": expected indices from " + first + " to " + last + " for dimension "
                        + dimension + (layout.dimension() != null ? "" : as(others)) + ", found index " + largest
                        + "; set --dimension to that of all files, or --index-base to their smallest index");
            }
            return new Extent(n, first, last);
        }

        private static int first(Path file, TableForm layout, @Nullable Integer dimension, int smallest, int largest) {
            TableForm.Found others = layout.found();
            if (layout.indexBase() != null) {
                return layout.indexBase();
            }
            if (others != null && others.indexBase() != null) {
                return others.indexBase();
            }
            if (dimension != null && smallest > 0 && largest < dimension) {
                throw new InputException(file + ": expected index 0 or " + dimension
                        + ", which show whether the indices of " + dimension + " features count from 0 or 1, found "
                        + smallest + " to " + largest + "; set --index-base to 0 or 1");
            }
            return Math.min(smallest, 1);
        }

        private static String as(TableForm.@Nullable Found others) {
            return others == null ? "" : " as in " + others.file();
        }

        int dimension() {
            return last - first + 1;
        }

        boolean covers(LibsvmRows row) {
            return row.count == 0 || (row.indices[0] >= first && row.indices[row.count - 1] <= last);
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
        try (LibsvmRows rows = new LibsvmRows(file, task)) {
            while (rows.next()) {
                words.add(rows.labels);
            }
        }
        return words.toLabels();
    }

    /**
     * The rows of a file in LIBSVM's format, one after another: {@code LABEL[,LABEL...] INDEX:VALUE ...} on each line.
     *
     * <p>Indices ascend; what is not there is 0. A row without labels begins with its first index. A {@code #} begins a
     * comment; lines of nothing else are no rows. Empty lines may only be at the end.
     */
    private static final class LibsvmRows implements AutoCloseable {
        private final TextLines lines;
        private List<String> labels = List.of();
        private int[] indices = new int[64];
        private float[] values = new float[64];
        private int count;

        LibsvmRows(Path file, Progress.Task task) {
            this.lines = TextLines.open(file, task);
        }

        /** Goes to the next row; false after the last one. */
        boolean next() {
            boolean empty = false;
            for (String line = lines.next(); line != null; line = lines.next()) {
                int comment = line.indexOf('#');
                String content = comment < 0 ? line : line.substring(0, comment);
                if (!content.isBlank()) {
                    if (empty) {
                        throw lines.wrong("nothing more after an empty line", "'" + Excerpt.of(line) + "'");
                    }
                    parse(content);
                    return true;
                }
                empty |= comment < 0;
            }
            return false;
        }

        private void parse(String line) {
            labels = List.of();
            count = 0;
            int at = tokenStart(line, 0);
            int end = tokenEnd(line, at);
            String first = line.substring(at, end);
            if (first.indexOf(':') < 0) {
                labels = labels(first);
                at = tokenStart(line, end);
            }
            while (at < line.length()) {
                end = tokenEnd(line, at);
                add(line.substring(at, end));
                at = tokenStart(line, end);
            }
        }

        private static int tokenStart(String line, int from) {
            int at = from;
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
            return at;
        }

        private static int tokenEnd(String line, int from) {
            int at = from;
            while (at < line.length() && !isBlank(line.charAt(at))) {
                at++;
            }
            return at;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }

        private List<String> labels(String text) {
            List<String> found = new ArrayList<>();
            for (String label : text.split(",", -1)) {
                if (!NumberText.isWhole(label)) {
                    throw lines.wrong("whole numbers as labels, separated by commas", "'" + Excerpt.of(text) + "'");
                }
                found.add(label);
            }
            return found;
        }

        private void add(String token) {
            int colon = token.indexOf(':');
            String index = token.substring(0, Math.max(0, colon));
            float value = NumberText.finiteOrNaN(token.substring(colon + 1));
            if (!index.matches("\\d{1,7}") || Float.isNaN(value)) {
                throw lines.wrong("INDEX:VALUE with a finite number", "'" + Excerpt.of(token) + "'");
            }
            int number = Integer.parseInt(index);
            if (number > LARGEST_INDEX) {
                throw lines.wrong("indices up to " + LARGEST_INDEX, "'" + Excerpt.of(token) + "'");
            }
            if (count > 0 && number <= indices[count - 1]) {
                throw lines.wrong("ascending indices", number + " after " + indices[count - 1]);
            }
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            indices[count] = number;
            values[count++] = value;
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
