package io.github.linfhash.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the file of a user's vectors. */
class VectorsOption {
    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            required = true,
            description =
                    "Vectors: .npy, .npz, .fvecs, .bvecs, LIBSVM, CSV, Parquet, Arrow, or a folder of .npy, Parquet or Arrow files.")
    @SuppressWarnings("NullAway.Init")
    private Path vectors;

    /** The file of the vectors. */
    final Path vectors() {
        return vectors;
    }
}
