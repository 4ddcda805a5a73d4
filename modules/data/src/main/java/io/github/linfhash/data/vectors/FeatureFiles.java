package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.columnar.Column;
import io.github.linfhash.data.columnar.Column.Cells;
import io.github.linfhash.data.columnar.ColumnTable;
import io.github.linfhash.data.vectors.VectorFormat.Holds;
import io.github.linfhash.data.vectors.VectorFormat.Source;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.KeptRows;
import io.github.linfhash.io.input.NumberText;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.io.npy.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads feature vectors of any format that linfhash knows; the ending of the file's name says which: NumPy's {@code
 * .npy} and {@code .npz} ({@link NpzFile}), TEXMEX's {@code .fvecs} and {@code .bvecs}, LIBSVM's {@code .libsvm} or
 * {@code .svm}, and tables in {@code .csv}, {@code .tsv}, {@code .parquet} and {@code .arrow}.
 */
public final class FeatureFiles {
    private FeatureFiles() {}

    /**
     * Reads features.
     *
     * @return n x d, n and d at least 1, all values finite
     * @throws InputException if the file is missing, of another format, damaged, or does not fit into memory
     */
    public static FeatureMatrix read(Path file, Progress progress) {
        return read(file, TableForm.PLAIN, progress);
    }

    /**
     * Reads features.
     *
     * @param layout what of a table is no feature
     * @return n x d, n and d at least 1, all values finite
     * @throws InputException if the file is missing, of another format, damaged, or does not fit into memory
     */
    public static FeatureMatrix read(Path file, TableForm layout, Progress progress) {
        return read(file, layout, KeptRows.all(), progress);
    }

    /**
     * Reads rows of features; the others take no memory.
     *
     * @param layout what of a table is no feature
     * @param kept the rows that are wanted
     * @return the wanted rows in their order
     * @throws InputException if the file is missing, of another format, damaged, or the wanted rows do not fit into memory
     */
    public static FeatureMatrix read(Path file, TableForm layout, KeptRows kept, Progress progress) {
        if (Files.isDirectory(file)) {
            return Parts.read(file, layout, kept, progress);
        }
        return VectorFormat.read(
                file, layout, Holds.FEATURES, progress, (format, source) -> format.features(source, kept));
    }

    /** Features in a folder of files. */
    private static final class Parts {
        private Parts() {}

        static FeatureMatrix read(Path folder, TableForm layout, KeptRows kept, Progress progress) {
            List<Path> parts = list(folder);
            long[] from = new long[parts.size() + 1];
            for (int i = 0; i < parts.size(); i++) {
                from[i + 1] = from[i] + rows(parts.get(i));
            }
            int[] dimension = new int[1];
            for (int i = 0; i < parts.size(); i++) {
                Path part = parts.get(i);
                int first = (int) from[i];
                KeptRows.Choice choice = (n, d) -> {
                    if (dimension[0] == 0) {
                        dimension[0] = d;
                        kept.begin(folder.toString(), from[parts.size()], d);
                    }
                    if (d != dimension[0]) {
                        throw new InputException(part + ": expected vectors of dimension " + dimension[0] + " as in "
                                + parts.get(0).getFileName() + ", found " + d);
                    }
                    return IntStream.range(0, n)
                            .filter(row -> !kept.passesOver(first + row))
                            .toArray();
                };
                KeptRows ofPart = kept.isTolerant() ? KeptRows.tolerant(choice) : KeptRows.chosen(choice);
                add(FeatureFiles.read(part, layout, ofPart, progress), ofPart, first, kept);
            }
            return kept.toMatrix();
        }

        /** Passes on what a part has; its rows are those that are not passed over. */
        private static void add(FeatureMatrix values, KeptRows ofPart, int first, KeptRows kept) {
            BitSet notFinite = ofPart.notFinite();
            int at = 0;
            for (int row = first; row < first + ofPart.rows(); row++) {
                if (kept.passesOver(row)) {
                    continue;
                }
                if (notFinite.get(row - first)) {
                    kept.setNotFinite(row, () -> new InputException("a row that is not finite"));
                } else {
                    for (int j = 0; j < values.dimension(); j++) {
                        kept.set(row, j, values.get(at, j));
                    }
                }
                at++;
            }
        }

        private static List<Path> list(Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                // Spark and others put files beside the parts whose names begin so.
                List<Path> parts = files.filter(
                                file -> !file.getFileName().toString().matches("[._].*"))
                        .sorted()
                        .toList();
                if (parts.isEmpty()) {
                    throw new InputException(
                            folder + " is empty: expected files of vectors in this folder, found none");
                }
                return parts;
            } catch (IOException e) {
                throw new InputException(folder + " cannot be listed: " + StrictInput.reason(e), e);
            }
        }

        private static long rows(Path part) {
            VectorFormat format = VectorFormat.of(part, Holds.FEATURES);
            if (format.equals(VectorFormat.NPY)) {
                try (NpyRows rows = NpyRows.open(part)) {
                    return rows.rows();
                }
            }
            if (!format.isTable()) {
                throw new InputException(part + ": expected the parts of a folder in .npy or tables, "
                        + VectorFormat.endings(VectorFormat::isTable, ", ") + ", found another format");
            }
            try (ColumnTable table = format.open(Source.of(part, TableForm.PLAIN, Holds.FEATURES))) {
                return table.rows();
            }
        }
    }

    /**
     * Reads the features of a table: a column of lists of numbers, or a column of numbers for each feature.
     *
     * @throws InputException if the file is not right, has no such columns, a value is missing or not finite, or vectors
     *     differ in dimension
     */
    static FeatureMatrix read(ColumnTable table, Source source, KeptRows kept) {
        if (table.isEmpty()) {
            throw new InputException(
                    table.name() + " has no features: expected at least one row of numbers, found none");
        }
        List<Column> columns = TableColumnChoice.of(table).features(source.column(), source.form());
        Values values = new Values(table, kept, source.file().toFile().length());
        List<Cells> cells = new ArrayList<>();
        if (columns.get(0).list()) {
            cells.add(new Vectors(values, columns.get(0)));
        } else {
            values.begin(columns.size());
            columns.forEach(column -> cells.add(new Component(values, column, cells.size())));
        }
        table.read(columns, cells);
        return kept.toMatrix();
    }

    /** Passes values on, once their dimension is known. */
    private static final class Values {
        private final ColumnTable table;
        private final KeptRows kept;
        private final long bytes;
        private int dimension;

        Values(ColumnTable table, KeptRows kept, long bytes) {
            this.table = table;
            this.kept = kept;
            this.bytes = bytes;
        }

        void begin(int d) {
            if (d < 1) {
                throw new InputException(
                        table.name() + " has no features: expected vectors in row 0, found an empty list");
            }
            ColumnTable.requireHonest(table.name(), Math.multiplyExact(table.rows(), d), bytes);
            dimension = d;
            kept.begin(table.name(), table.rows(), d);
        }

        void set(int row, int place, double value, Column column) {
            float rounded = (float) value;
            if (Float.isFinite(rounded)) {
                kept.set(row, place, rounded);
            } else {
                kept.setNotFinite(row, () -> notFinite(row, column, String.valueOf(value)));
            }
        }

        /** The number that a word is, rounded to float32; of rows that nobody wants, 0. */
        float number(int row, String word, Column column) {
            if (dimension > 0 && kept.passesOver(row)) {
                return 0;
            }
            float value = NumberText.finiteOrNaN(word);
            if (Float.isNaN(value)) {
                throw notFinite(row, column, "'" + Excerpt.of(word) + "'");
            }
            return value;
        }

        private InputException notFinite(int row, Column column, String found) {
            return table.wrong(column, row, "value", "a finite float32 number", found);
        }
    }

    /** A column of numbers. */
    private static final class Component implements Cells {
        private final Values values;
        private final Column column;
        private final int place;
        private int row;

        Component(Values values, Column column, int place) {
            this.values = values;
            this.column = column;
            this.place = place;
        }

        @Override
        public void real(double value) {
            values.set(row, place, value, column);
        }

        @Override
        public void text(String word) {
            real(values.number(row, word, column));
        }

        @Override
        public void end() {
            row++;
        }
    }

    /** A column of lists; the first tells the dimension. */
    private static final class Vectors implements Cells {
        private final Values values;
        private final Column column;
        private double[] first = new double[64];
        private int row;
        private int place;

        Vectors(Values values, Column column) {
            this.values = values;
            this.column = column;
        }

        @Override
        public void real(double value) {
            if (row == 0) {
                first = place < first.length ? first : Arrays.copyOf(first, 2 * place);
                first[place++] = value;
            } else {
                if (place == values.dimension) {
                    throw otherDimension("more");
                }
                values.set(row, place++, value, column);
            }
        }

        @Override
        public void text(String word) {
            real(values.number(row, word, column));
        }

        @Override
        public void end() {
            if (row == 0) {
                values.begin(place);
                for (int j = 0; j < place; j++) {
                    values.set(0, j, first[j], column);
                }
            } else if (place < values.dimension) {
                throw otherDimension(String.valueOf(place));
            }
            row++;
            place = 0;
        }

        private InputException otherDimension(String found) {
            return values.table.wrong(column, row, "vector", values.dimension + " numbers as in row 0", found);
        }
    }
}
