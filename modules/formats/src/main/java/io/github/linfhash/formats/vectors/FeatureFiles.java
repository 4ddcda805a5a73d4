package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.columnar.Column;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.formats.hdf5.Hdf5File;
import io.github.linfhash.formats.vectors.VectorFormat.Holds;
import io.github.linfhash.formats.vectors.VectorFormat.Source;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.NumberText;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyFeatures;
import io.github.linfhash.io.npy.NpyRows;
import io.github.linfhash.io.npy.NpzFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads feature vectors of any format that linfhash knows; the ending of the file's name says which: NumPy's {@code
 * .npy} and {@code .npz} ({@link NpzFile}), TEXMEX's {@code .fvecs} and {@code .bvecs}, big-ann-benchmarks' {@code .fbin},
 * {@code .ibin}, {@code .u8bin} and {@code .i8bin}, HDF5's {@code .hdf5} and {@code .h5}, LIBSVM's {@code .libsvm} or
 * {@code .svm}, and tables in {@code .csv}, {@code .tsv} and {@code .parquet}.
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
     * @param layout the layout of the file
     * @return n x d, n and d at least 1, all values finite
     * @throws InputException if the file is missing, of another format, damaged, or does not fit into memory
     */
    public static FeatureMatrix read(Path file, TableForm layout, Progress progress) {
        return read(file, layout, RowSelectionCollector.all(), progress);
    }

    /**
     * Reads chosen rows of features; other rows take no memory.
     *
     * @param layout the layout of the file
     * @param kept the rows that are wanted
     * @return the wanted rows in their order
     * @throws InputException if the file is missing, of another format, damaged, or the wanted rows do not fit into memory
     */
    public static FeatureMatrix read(Path file, TableForm layout, RowSelectionCollector kept, Progress progress) {
        if (Files.isDirectory(file)) {
            return Parts.read(file, layout, kept, progress);
        }
        return VectorFormat.read(
                file, layout, Holds.FEATURES, progress, (format, source) -> format.features(source, kept));
    }

    /**
     * Finds the layout of vectors that other vectors must agree with, as far as it is not stated: whether tables of separated values have
     * a header, and where the indices of LIBSVM begin and end. All files of a folder agree with the first one that is not empty.
     *
     * @param stated the layout that is stated
     * @return the stated layout with what was found
     * @throws InputException if the file is missing, or may have either layout
     */
    public static TableForm find(Path file, TableForm stated, Progress progress) {
        if (Files.isDirectory(file)) {
            return Parts.find(file, stated);
        }
        Optional<VectorFormat> format = VectorFormat.ofName(file);
        if (format.equals(Optional.of(VectorFormat.CSV))) {
            Boolean header = CsvTable.findHeader(Source.of(file, stated, Holds.FEATURES));
            return header == null ? stated : stated.agreeingWith(new TableForm.Found(file, header, null, null));
        }
        return format.equals(Optional.of(VectorFormat.SPARSE))
                ? stated.agreeingWith(VectorFormat.show(file, 1, progress, task -> LibsvmFile.find(file, stated, task)))
                : stated;
    }

    /**
     * Checks by the name of a file that it may contain features, before it is opened.
     *
     * @throws InputException if it is of another format; of a folder, nothing is checked
     */
    public static void requireKnown(Path file) {
        if (!Files.isDirectory(file)) {
            VectorFormat.of(file, Holds.FEATURES);
        }
    }

    /**
     * Checks that a stated layout applies to at least one file.
     *
     * @param files the files, or folders of files, that are read with it
     * @throws InputException if it applies to none
     */
    public static void requireUse(TableForm layout, List<Path> files) {
        List<VectorFormat> formats = files.stream()
                .flatMap(file -> files(file).stream())
                .flatMap(file -> VectorFormat.ofName(file).stream())
                .toList();
        if (layout.labelColumn() != null || layout.idColumn() != null) {
            requireUse("a column of labels or ids is named: expected a table", VectorFormat::isTable, formats, files);
        }
        if (layout.delimiter() != null || layout.header() != null) {
            requireUse(
                    "a delimiter or a header is stated: expected a table as text",
                    VectorFormat.CSV::equals,
                    formats,
                    files);
        }
        if (layout.indexBase() != null || layout.dimension() != null) {
            requireUse(
                    "a smallest index or a dimension is stated: expected a LIBSVM file",
                    VectorFormat.SPARSE::equals,
                    formats,
                    files);
        }
    }

    /**
     * Lists the files that hold vectors or labels.
     *
     * @param named a file, a file with a column behind it, or a folder of files
     * @throws InputException if it is an empty folder
     */
    public static List<Path> files(Path named) {
        return Files.isDirectory(named)
                ? Parts.list(named)
                : List.of(Source.of(named, TableForm.PLAIN, Holds.FEATURES).file());
    }

    /**
     * Returns the path of the queries in a file. In HDF5 files of ann-benchmarks, vectors and queries are two data sets; if the path names
     * no data set, that of the queries is added.
     *
     * @return {@code FILE:DATASET} for such a file, otherwise the path itself
     */
    public static Path ofQueries(Path file) {
        boolean unnamed = VectorFormat.ofName(file).equals(Optional.of(VectorFormat.HDF5))
                && Source.of(file, TableForm.PLAIN, Holds.FEATURES).column() == null;
        return unnamed ? file.resolveSibling(file.getFileName() + ":" + Hdf5File.QUERIES) : file;
    }

    private static void requireUse(
            String expected, Predicate<VectorFormat> useful, List<VectorFormat> formats, List<Path> files) {
        if (formats.stream().noneMatch(useful)) {
            throw new InputException(expected + " (" + VectorFormat.endings(useful, ", ") + "), found " + files.get(0));
        }
    }

    /**
     * Opens features. Rows of an .npy file in C order, of a file of big-ann-benchmarks, and of a contiguous data set of HDF5 are read on
     * demand, so that the file may be larger than memory; a value that is not finite is then found on demand too. Other files are read
     * at once.
     *
     * @throws InputException if the file is missing, of another format, damaged, or has to be read and does not fit into memory
     */
    public static Opened open(Path file, TableForm form, Progress progress) {
        Optional<NpyFeatures> rows = Files.isDirectory(file)
                ? Optional.empty()
                : VectorFormat.of(file, Holds.FEATURES)
                        .openRows(new Source(file, form, Holds.FEATURES, Progress.Task.SILENT, progress));
        return rows.map(opened -> new Opened(opened.matrix(), opened))
                .orElseGet(() -> new Opened(read(file, form, progress), null));
    }

    /** Features, with the file that stays open if they are read on demand. */
    public static final class Opened implements AutoCloseable {
        private final FeatureMatrix features;
        private final @Nullable NpyFeatures file;

        Opened(FeatureMatrix features, @Nullable NpyFeatures file) {
            this.features = features;
            this.file = file;
        }

        /** The features, n x d, n and d at least 1; not to be used after {@link #close}. */
        public FeatureMatrix features() {
            return features;
        }

        @Override
        public void close() {
            if (file != null) {
                file.close();
            }
        }
    }

    /** Features in a folder of files. */
    private static final class Parts {
        private Parts() {}

        static TableForm find(Path folder, TableForm stated) {
            for (Path part : list(folder)) {
                if (VectorFormat.ofName(part).equals(Optional.of(VectorFormat.CSV))) {
                    TableForm found = FeatureFiles.find(part, stated, Progress.NONE);
                    if (found.found() != null) {
                        return found;
                    }
                }
            }
            return stated;
        }

        static FeatureMatrix read(Path folder, TableForm stated, RowSelectionCollector kept, Progress progress) {
            TableForm layout = stated.found() == null ? find(folder, stated) : stated;
            List<Path> parts = new ArrayList<>();
            List<Long> from = new ArrayList<>();
            long total = 0;
            List<Path> listed = list(folder);
            for (Path part : listed) {
                long count = rows(part, layout);
                // Spark writes a file for each partition, even for an empty one.
                if (count > 0) {
                    parts.add(part);
                    from.add(total);
                    total += count;
                }
            }
            if (parts.isEmpty()) {
                throw new InputException(folder + " has no features: expected vectors in its files, found "
                        + listed.size() + " files without rows");
            }
            long all = total;
            int[] dimension = new int[1];
            for (int i = 0; i < parts.size(); i++) {
                Path part = parts.get(i);
                int first = (int) (long) from.get(i);
                long counted = (i + 1 < parts.size() ? from.get(i + 1) : all) - first;
                RowSelectionCollector.Choice choice = (n, d) -> {
                    if (n != counted) {
                        throw new InputException(part + ": expected " + counted + " rows as counted before, found " + n
                                + "; the file is being changed");
                    }
                    if (dimension[0] == 0) {
                        dimension[0] = d;
                        kept.begin(folder.toString(), all, d);
                    }
                    if (d != dimension[0]) {
                        throw new InputException(part + ": expected vectors of dimension " + dimension[0] + " as in "
                                + parts.get(0).getFileName() + ", found " + d);
                    }
                    return IntStream.range(0, n)
                            .filter(row -> !kept.passesOver(first + row))
                            .toArray();
                };
                RowSelectionCollector ofPart = kept.isTolerant()
                        ? RowSelectionCollector.tolerant(choice)
                        : RowSelectionCollector.chosen(choice);
                add(FeatureFiles.read(part, layout, ofPart, progress), ofPart, first, kept);
            }
            return kept.toMatrix();
        }

        /** Copies the kept rows of a part to the rows of the whole. */
        private static void add(
                FeatureMatrix values, RowSelectionCollector ofPart, int first, RowSelectionCollector kept) {
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
                // Spark and other programs write marker and hidden files whose names begin so.
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

        private static long rows(Path part, TableForm layout) {
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
            try (ColumnTable table = format.open(Source.of(part, layout, Holds.FEATURES))) {
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
    static FeatureMatrix read(ColumnTable table, Source source, RowSelectionCollector kept) {
        if (table.isEmpty()) {
            throw new InputException(
                    table.name() + " has no features: expected at least one row of numbers, found none");
        }
        List<Column> columns = TableColumnChoice.of(table).features(source.column(), source.form());
        Values values = new Values(table, columns, kept, source.file().toFile().length());
        if (!columns.get(0).list()) {
            values.begin(columns.size());
        }
        table.read(columns, values);
        return kept.toMatrix();
    }

    /** Collects the values of one column of vectors, whose first vector sets the dimension, or of one column for each component. */
    private static final class Values implements Cells {
        private final ColumnTable table;
        private final List<Column> columns;
        private final RowSelectionCollector kept;
        private final long bytes;
        private final boolean vectors;
        private int dimension;
        private double[] first = new double[64];

        Values(ColumnTable table, List<Column> columns, RowSelectionCollector kept, long bytes) {
            this.table = table;
            this.columns = columns;
            this.kept = kept;
            this.bytes = bytes;
            this.vectors = columns.get(0).list();
        }

        void begin(int d) {
            if (d < 1) {
                throw new InputException(
                        table.name() + " has no features: expected vectors in row 0, found an empty list");
            }
            table.requireThere(columns, Math.multiplyExact(table.rows(), d), bytes);
            dimension = d;
            kept.begin(table.name(), table.rows(), d);
        }

        @Override
        public void real(int column, int row, int place, double value) {
            if (dimension == 0) {
                first = place < first.length ? first : Arrays.copyOf(first, 2 * place);
                first[place] = value;
                return;
            }
            if (vectors && place == dimension) {
                throw otherDimension(row, "more");
            }
            float rounded = (float) value;
            if (Float.isFinite(rounded)) {
                kept.set(row, vectors ? place : column, rounded);
            } else {
                kept.setNotFinite(row, () -> notFinite(column, row, String.valueOf(value)));
            }
        }

        @Override
        public boolean wants(int row) {
            return dimension == 0 || !kept.passesOver(row);
        }

        @Override
        public void text(int column, int row, int place, String word) {
            float value = NumberText.finiteOrNaN(word);
            if (Float.isNaN(value)) {
                throw notFinite(column, row, "'" + Excerpt.of(word) + "'");
            }
            real(column, row, place, value);
        }

        @Override
        public void end(int column, int row, int count) {
            if (vectors && row == 0) {
                begin(count);
                for (int j = 0; j < count; j++) {
                    real(0, 0, j, first[j]);
                }
            } else if (vectors && count < dimension) {
                throw otherDimension(row, String.valueOf(count));
            }
        }

        private InputException notFinite(int column, int row, String found) {
            return table.wrong(columns.get(column), row, "value", "a finite float32 number", found);
        }

        private InputException otherDimension(int row, String found) {
            return table.wrong(columns.get(0), row, "vector", dimension + " numbers as in row 0", found);
        }
    }
}
