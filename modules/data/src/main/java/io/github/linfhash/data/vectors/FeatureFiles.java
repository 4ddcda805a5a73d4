package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.columnar.Column;
import io.github.linfhash.data.columnar.Column.Cells;
import io.github.linfhash.data.columnar.ColumnTable;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.KeptRows;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.FeatureArrays;
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
        return switch (VectorFormat.of(file, VectorFormat.Holds.FEATURES)) {
            case NPY ->
                FileProgress.show(file, 1, progress, task -> FeatureArrays.read(file, kept, task, progress::note));
            case NPZ ->
                FileProgress.show(file, 0, progress, task -> NpzFile.of(file).features(kept, progress::note));
            case FVECS -> FileProgress.show(file, 1, progress, task -> TexmexFile.readFloats(file, kept, task));
            case BVECS -> FileProgress.show(file, 1, progress, task -> TexmexFile.readBytes(file, kept, task));
            case LIBSVM ->
                FileProgress.show(file, LibsvmFile.PASSES, progress, task -> LibsvmFile.features(file, kept, task));
            case CSV ->
                FileProgress.show(
                        file, CsvFeatures.PASSES, progress, task -> CsvFeatures.read(file, layout, kept, task));
            case PARQUET -> FileProgress.show(file, 0, progress, task -> TableFeatures.read(file, false, layout, kept));
            case ARROW -> FileProgress.show(file, 0, progress, task -> TableFeatures.read(file, true, layout, kept));
            case LISTS -> throw new IllegalStateException("lists hold no features");
        };
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
            VectorFormat format = VectorFormat.of(part, VectorFormat.Holds.FEATURES);
            switch (format) {
                case NPY -> {
                    try (NpyRows rows = NpyRows.open(part)) {
                        return rows.rows();
                    }
                }
                case PARQUET, ARROW -> {
                    try (ColumnTable table = ColumnTable.open(part, format == VectorFormat.ARROW)) {
                        return table.rows();
                    }
                }
                default ->
                    throw new InputException(part + ": expected the parts of a folder in .npy, .parquet or .arrow,"
                            + " found another format");
            }
        }
    }

    /** Features in a Parquet or Arrow file: a column of lists of numbers, or a column of numbers for each feature. */
    private static final class TableFeatures {
        private TableFeatures() {}

        /**
         * Reads the features.
         *
         * @param path the file, perhaps with the name of a column
         * @throws InputException if the file is not right, has no such columns, a value is missing or not finite, or vectors
         *     differ in dimension
         */
        static FeatureMatrix read(Path path, boolean arrow, TableForm layout, KeptRows kept) {
            TablePath where = TablePath.of(path);
            try (ColumnTable table = ColumnTable.open(where.file(), arrow)) {
                List<Column> columns = TableColumnChoice.of(where, table).features(where.column(), layout);
                Values values = new Values(where.file(), table.rows(), kept);
                List<Cells> cells = new ArrayList<>();
                if (columns.get(0).list()) {
                    cells.add(new Vectors(values, columns.get(0).name()));
                } else {
                    values.setDimension(columns.size());
                    columns.forEach(column -> cells.add(new Component(values, column.name(), cells.size())));
                }
                table.read(columns, cells);
                cells.forEach(one -> ((NumberCells) one).end());
                return kept.toMatrix();
            }
        }

        /** Passes values on, once their dimension is known. */
        private static final class Values {
            private final String file;
            private final long bytes;
            private final long rows;
            private final KeptRows kept;
            private int dimension;

            Values(Path file, long rows, KeptRows kept) {
                this.file = file.toString();
                this.bytes = size(file);
                this.rows = rows;
                this.kept = kept;
                if (rows < 1) {
                    throw new InputException(file + " has no features: expected at least one row, found none");
                }
            }

            private static long size(Path file) {
                return file.toFile().length();
            }

            void setDimension(int d) {
                if (d < 1) {
                    throw new InputException(file + " has no features: expected vectors in row 0, found an empty list");
                }
                ColumnTable.requireHonest(file, Math.multiplyExact(rows, d), bytes);
                dimension = d;
                kept.begin(file, rows, d);
            }

            void set(long row, int place, double value, String column) {
                float rounded = (float) value;
                if (Float.isFinite(rounded)) {
                    kept.set((int) row, place, rounded);
                } else {
                    kept.setNotFinite(
                            (int) row,
                            () -> new InputException(file + " has a wrong value in row " + row
                                    + " (counted from 0) of the column '" + Excerpt.of(column)
                                    + "': expected a finite float32 number, found " + value));
                }
            }
        }

        /** Cells of numbers. */
        private abstract static class NumberCells implements Cells {
            @Override
            public void whole(long value) {
                real((double) value);
            }

            @Override
            public void text(String value) {
                throw new IllegalStateException("columns of texts are no features");
            }

            abstract void end();
        }

        /** A column of numbers. */
        private static final class Component extends NumberCells {
            private final Values values;
            private final String name;
            private final int place;
            private long row = -1;

            Component(Values values, String name, int place) {
                this.values = values;
                this.name = name;
                this.place = place;
            }

            @Override
            public void row() {
                row++;
            }

            @Override
            public void real(double value) {
                values.set(row, place, value, name);
            }

            @Override
            void end() {}
        }

        /** A column of lists; the first tells the dimension. */
        private static final class Vectors extends NumberCells {
            private final Values values;
            private final String name;
            private double[] first = new double[64];
            private long row = -1;
            private int place;

            Vectors(Values values, String name) {
                this.values = values;
                this.name = name;
            }

            @Override
            public void row() {
                end();
                row++;
                place = 0;
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
                    values.set(row, place++, value, name);
                }
            }

            /** The last vector that began is whole. */
            @Override
            void end() {
                if (row == 0) {
                    values.setDimension(place);
                    for (int j = 0; j < place; j++) {
                        values.set(0, j, first[j], name);
                    }
                } else if (row > 0 && place < values.dimension) {
                    throw otherDimension(String.valueOf(place));
                }
            }

            private InputException otherDimension(String found) {
                return new InputException(values.file + " has a wrong vector in row " + row
                        + " (counted from 0) of the column '" + Excerpt.of(name) + "': expected " + values.dimension
                        + " numbers as in row 0, found " + found);
            }
        }
    }
}
