package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.io.npy.NpzFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads labels of any format that linfhash knows; the ending of the file's name says which: NumPy's {@code .npy} and
 * {@code .npz} ({@link LabelArrays}), the labels in LIBSVM's {@code .libsvm} or {@code .svm}, tables in {@code .csv} and
 * {@code .tsv} ({@link CsvLabels}), columns in {@code .parquet} and {@code .arrow}, and lists in {@code .txt} ({@link LabelLists}).
 */
public final class LabelFiles {
    private LabelFiles() {}

    /**
     * Reads labels.
     *
     * @return one class for each row, or a set of labels for each row
     * @throws InputException if the file is missing, of another format or damaged
     */
    public static NamedLabels read(Path file, Progress progress) {
        return read(file, TableForm.PLAIN, progress);
    }

    /**
     * Reads labels.
     *
     * @param layout which column of a table has the labels
     * @return one class for each row, or a set of labels for each row
     * @throws InputException if the file is missing, of another format or damaged
     */
    public static NamedLabels read(Path file, TableForm layout, Progress progress) {
        return switch (VectorFormat.of(file, VectorFormat.Holds.LABELS)) {
            case NPY ->
                FileProgress.show(
                        file, 0, progress, task -> new NamedLabels(LabelArrays.read(file, progress::note), List.of()));
            case NPZ ->
                FileProgress.show(
                        file,
                        0,
                        progress,
                        task -> new NamedLabels(NpzFile.of(file).labels(progress::note), List.of()));
            case LIBSVM -> FileProgress.show(file, 1, progress, task -> LibsvmFile.labels(file, task));
            case CSV -> FileProgress.show(file, 1, progress, task -> CsvLabels.read(file, layout, task));
            case PARQUET -> FileProgress.show(file, 0, progress, task -> TableLabels.read(file, false, layout));
            case ARROW -> FileProgress.show(file, 0, progress, task -> TableLabels.read(file, true, layout));
            case LISTS -> FileProgress.show(file, 1, progress, task -> LabelLists.read(file, task));
            case FVECS, BVECS -> throw new IllegalStateException("TEXMEX files hold no labels");
        };
    }
}
