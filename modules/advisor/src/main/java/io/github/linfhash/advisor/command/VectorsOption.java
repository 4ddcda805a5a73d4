package io.github.linfhash.advisor.command;

import io.github.linfhash.data.vectors.FeatureFiles;
import io.github.linfhash.data.vectors.TableForm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the file of a user's vectors and state its layout. */
public class VectorsOption extends LayoutOptions {
    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            required = true,
            description =
                    "Vectors: .npy, .npz, .fvecs, .bvecs, .fbin, .u8bin, HDF5, LIBSVM, CSV, Parquet, Arrow, or a folder of"
                            + " .npy or table files.")
    @SuppressWarnings("NullAway.Init")
    private Path vectors;

    private @Nullable TableForm layout;

    /** The file of the vectors. */
    public final Path vectors() {
        return vectors;
    }

    /** The layout of the vectors, stated or found. Queries of the same command must have it, too. */
    public final TableForm layout() {
        TableForm found = layout == null ? FeatureFiles.find(vectors, stated(), ConsoleProgress.standard()) : layout;
        layout = found;
        return found;
    }

    /** Requires the dimension that the vectors must have, where their file leaves it open. */
    public final void fitTo(int dimension) {
        layout = FeatureFiles.find(vectors, stated().ofDimension(dimension), ConsoleProgress.standard());
    }

    /**
     * Checks that what is stated of a layout is of use.
     *
     * @param others the other files that it is stated of; null where there is none
     */
    public final void requireUse(@Nullable Path... others) {
        FeatureFiles.requireUse(
                stated(),
                Stream.concat(Stream.of(vectors), Arrays.stream(others).filter(Objects::nonNull))
                        .toList());
    }
}
