package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.formats.columnar.ParquetTable;
import io.github.linfhash.formats.hdf5.Hdf5File;
import io.github.linfhash.formats.hdf5.Hdf5Matrix;
import io.github.linfhash.io.input.RowSelectionCollector;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.io.npy.NpyFeatures;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.io.npy.NpzFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The formats of feature and label files, told apart by the ending of the file's name, with their readers. This is the only list of
 * formats.
 *
 * @param endings in lower case, separated by spaces
 * @param passes how often the reader of features reads the whole file; 0 if it reports no progress
 * @param features reads the wanted rows; null if such files hold no features
 * @param labels null if such files hold no labels
 * @param table opens a file with named columns; null for other formats
 * @param rows opens features whose rows can be read on demand, if the layout of the file allows it; null if it never does
 */
record VectorFormat(
        String endings,
        int passes,
        @Nullable BiFunction<Source, RowSelectionCollector, FeatureMatrix> features,
        @Nullable Function<Source, NamedLabels> labels,
        @Nullable Function<Source, ColumnTable> table,
        @Nullable Function<Source, Optional<NpyFeatures>> rows) {
    static final VectorFormat NPY = new VectorFormat(
            ".npy",
            1,
            (in, kept) -> FeatureArrays.read(in.path(), kept, in.task(), in.progress()::note),
            in -> new NamedLabels(LabelArrays.read(in.path(), in.task(), in.progress()::note), List.of()),
            null,
            in -> NpyFeatures.hasRows(in.path())
                    ? Optional.of(NpyFeatures.open(in.path(), in.progress()::note))
                    : Optional.empty());
    static final VectorFormat NPZ = new VectorFormat(
            ".npz",
            0,
            (in, kept) -> NpzFile.of(in.path()).features(kept, in.progress()::note),
            in -> new NamedLabels(NpzFile.of(in.path()).labels(in.progress()::note), List.of()),
            null,
            null);
    static final VectorFormat HDF5 = new VectorFormat(
            ".hdf5 .h5",
            1,
            (in, kept) -> {
                try (Hdf5File file = Hdf5File.open(in.file())) {
                    return vectors(file, in).read(kept, in.task(), in.progress()::note);
                }
            },
            null,
            null,
            in -> {
                try (Hdf5File file = Hdf5File.open(in.file())) {
                    return vectors(file, in).rows().map(rows -> rows.open(in.progress()::note));
                }
            });
    static final VectorFormat INT32_ROWS = ofRows(".ibin", NpyType.INT32);
    private static final VectorFormat LISTS = new VectorFormat(".txt", 1, null, LabelFiles::readLists, null, null);
    static final VectorFormat SPARSE = new VectorFormat(
            ".libsvm .svm",
            LibsvmFile.PASSES,
            (in, kept) -> LibsvmFile.features(in.path(), in.form(), kept, in.task()),
            in -> LibsvmFile.labels(in.path(), in.task()),
            null,
            null);
    static final VectorFormat CSV = ofTables(".csv .tsv .csv.gz .tsv.gz", CsvTable.PASSES, CsvTable::open);
    private static final List<VectorFormat> ALL = List.of(
            NPY,
            NPZ,
            ofTexmex(".fvecs", Float.BYTES),
            ofTexmex(".bvecs", Byte.BYTES),
            ofRows(".fbin", NpyType.FLOAT32),
            INT32_ROWS,
            ofRows(".u8bin", NpyType.UINT8),
            ofRows(".i8bin", NpyType.INT8),
            HDF5,
            SPARSE,
            CSV,
            ofTables(".parquet .pq", 0, in -> ParquetTable.open(in.file())),
            LISTS);

    private static final Pattern WITH_COLUMN = Pattern.compile(
            "(.+?(?:" + endings(VectorFormat::hasParts, "|").replace(".", "\\.") + ")):(.+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern ARROW =
            Pattern.compile(".+\\.(arrow|feather)(:.+)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The kind of data to read. */
    enum Holds {
        FEATURES,
        LABELS,
        TEXTS
    }

    /**
     * A file that is being read.
     *
     * @param path as the user names it: {@code FILE}, or {@code FILE:COLUMN} of a table, or {@code FILE:NAME} of a data set
     * @param form the layout
     * @param wanted the data to read
     * @param task advanced by the bytes that are read
     * @param progress receives notes
     */
    record Source(Path path, TableForm form, Holds wanted, Progress.Task task, Progress progress) {
        /** The file without the name of a column or data set. */
        Path file() {
            Matcher parts = WITH_COLUMN.matcher(path.toString());
            return hasColumn(parts) ? path.getFileSystem().getPath(parts.group(1)) : path;
        }

        /** The column or data set that the path names, or null. */
        @Nullable String column() {
            Matcher parts = WITH_COLUMN.matcher(path.toString());
            return hasColumn(parts) ? parts.group(2) : null;
        }

        /** A file whose name is the whole path takes precedence. */
        private boolean hasColumn(Matcher parts) {
            return parts.matches() && !Files.exists(path);
        }

        static Source of(Path path, TableForm form, Holds wanted) {
            return new Source(path, form, wanted, Progress.Task.SILENT, Progress.NONE);
        }
    }

    private static VectorFormat ofTexmex(String endings, int componentBytes) {
        return new VectorFormat(
                endings,
                1,
                (in, kept) -> TexmexFile.read(in.path(), kept, in.task(), componentBytes),
                null,
                null,
                null);
    }

    private static VectorFormat ofRows(String endings, NpyType type) {
        return new VectorFormat(
                endings,
                1,
                (in, kept) -> BigAnnFile.open(in.path(), type).read(kept, in.task(), in.progress()::note),
                null,
                null,
                in -> Optional.of(BigAnnFile.open(in.path(), type).open(in.progress()::note)));
    }

    private static Hdf5Matrix vectors(Hdf5File file, Source in) {
        String named = in.column();
        return file.matrix(named == null ? Hdf5File.VECTORS : named).requireReal();
    }

    private static VectorFormat ofTables(String endings, int passes, Function<Source, ColumnTable> table) {
        return new VectorFormat(
                endings,
                passes,
                (in, kept) -> {
                    try (ColumnTable opened = table.apply(in)) {
                        return FeatureFiles.read(opened, in, kept);
                    }
                },
                in -> {
                    try (ColumnTable opened = table.apply(in)) {
                        return LabelFiles.read(opened, in);
                    }
                },
                table,
                null);
    }

    /**
     * The format of a file.
     *
     * @throws InputException if the ending of the name belongs to no format with the wanted data
     */
    static VectorFormat of(Path path, Holds wanted) {
        if (ARROW.matcher(path.toString()).matches()) {
            throw new InputException(path
                    + " cannot be read: expected a Parquet file, found the name of an Arrow or Feather file; convert it, for example with"
                    + " pyarrow.parquet.write_table(pyarrow.feather.read_table(\"x.feather\"), \"x.parquet\")");
        }
        return ofName(path)
                .filter(format -> format.has(wanted))
                .orElseThrow(() -> new InputException(path + " is of no known format: expected "
                        + wanted.name().toLowerCase(Locale.ROOT) + " in a file that ends in "
                        + endings(format -> format.has(wanted), ", ") + ", found another ending"));
    }

    /** The format of the files whose names end so; empty if there is none. */
    static Optional<VectorFormat> ofName(Path path) {
        if (NpzFile.isOne(path)) {
            return Optional.of(NPZ);
        }
        Path file = Source.of(path, TableForm.PLAIN, Holds.FEATURES).file();
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(format -> format.endingList().anyMatch(name::endsWith))
                .findFirst();
    }

    /** The endings of some formats, as a list. */
    static String endings(Predicate<VectorFormat> formats, String separator) {
        return ALL.stream().filter(formats).flatMap(VectorFormat::endingList).collect(Collectors.joining(separator));
    }

    private Stream<String> endingList() {
        return Arrays.stream(endings.split(" ", -1));
    }

    /** Whether it has columns that may be named. */
    boolean isTable() {
        return table != null;
    }

    /** Whether a column or data set may be named after the file. */
    private boolean hasParts() {
        return isTable() || equals(HDF5);
    }

    private boolean has(Holds wanted) {
        return switch (wanted) {
            case FEATURES -> features != null;
            case LABELS -> labels != null;
            case TEXTS -> isTable() || equals(LISTS);
        };
    }

    /** The features of a file. */
    FeatureMatrix features(Source source, RowSelectionCollector kept) {
        return Objects.requireNonNull(features).apply(source, kept);
    }

    /** The labels of a file. */
    NamedLabels labels(Source source) {
        return Objects.requireNonNull(labels).apply(source);
    }

    /** Opens features whose rows are read on demand; empty if the layout of the file does not allow it. */
    Optional<NpyFeatures> openRows(Source source) {
        return rows == null ? Optional.empty() : rows.apply(source);
    }

    /** Opens a table; this is a format of tables. */
    ColumnTable open(Source source) {
        return Objects.requireNonNull(table).apply(source);
    }

    /**
     * Reads the wanted data of a file.
     *
     * @throws InputException if it is of another format, or as the reader does
     */
    static <T> T read(
            Path path, TableForm form, Holds wanted, Progress progress, BiFunction<VectorFormat, Source, T> reader) {
        VectorFormat format = of(path, wanted);
        int passes = wanted == Holds.FEATURES ? format.passes : Math.min(1, format.passes);
        return show(
                path, passes, progress, task -> reader.apply(format, new Source(path, form, wanted, task, progress)));
    }

    /**
     * Reads a file and shows how much of it is read.
     *
     * @param passes how often the reader reads the whole file; 0 if it reports no progress
     */
    static <T> T show(Path file, int passes, Progress progress, Function<Progress.Task, T> reader) {
        // A missing file has length 0; the reader will report it.
        long bytes =
                Source.of(file, TableForm.PLAIN, Holds.FEATURES).file().toFile().length();
        try (Progress.Task task = progress.begin("reading " + file.getFileName(), Math.max(1, bytes * passes))) {
            T content = reader.apply(task);
            if (passes == 0) {
                task.advance(1);
            }
            return content;
        }
    }
}
