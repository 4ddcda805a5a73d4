package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NpzFile;
import java.nio.file.Path;

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
        return switch (VectorFormat.of(file, VectorFormat.Holds.FEATURES)) {
            case NPY -> FileProgress.show(file, 1, progress, task -> FeatureArrays.read(file, task, progress::note));
            case NPZ ->
                FileProgress.show(file, 0, progress, task -> NpzFile.of(file).features(progress::note));
            case FVECS -> FileProgress.show(file, 1, progress, task -> TexmexFile.readFloats(file, task));
            case BVECS -> FileProgress.show(file, 1, progress, task -> TexmexFile.readBytes(file, task));
            case LIBSVM ->
                FileProgress.show(file, LibsvmFile.PASSES, progress, task -> LibsvmFile.features(file, task));
            case CSV ->
                FileProgress.show(file, CsvFeatures.PASSES, progress, task -> CsvFeatures.read(file, layout, task));
            case PARQUET -> FileProgress.show(file, 0, progress, task -> TableFeatures.read(file, false, layout));
            case ARROW -> FileProgress.show(file, 0, progress, task -> TableFeatures.read(file, true, layout));
            case LISTS -> throw new IllegalStateException("lists hold no features");
        };
    }
}
