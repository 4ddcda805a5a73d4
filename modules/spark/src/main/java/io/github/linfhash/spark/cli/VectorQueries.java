package io.github.linfhash.spark.cli;

import io.github.linfhash.advisor.command.CsvOptions;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.shell.ConsoleProgress;
import io.github.linfhash.spark.blocks.FeatureSource;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that name vectors that neighbors are searched for, and how many of these. */
final class VectorQueries extends CsvOptions.WithLibsvm {
    @Option(
            names = "--queries",
            paramLabel = "F",
            required = true,
            description = "Query vectors: .npy, .npz, .fvecs, .bvecs, .fbin, .u8bin, HDF5, LIBSVM, CSV or Parquet.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    @Option(names = "--k", paramLabel = "K", description = "Number of neighbors per query (default: 10).")
    private int k = 10;

    /**
     * Checks what can be told before anything is read.
     *
     * @param others other files of vectors
     */
    void check(Path... others) {
        file = FeatureFiles.ofQueries(file);
        FeatureFiles.requireUse(
                stated(), Stream.concat(Stream.of(file), Stream.of(others)).toList());
        if (k < 1) {
            throw new InputException("--k: expected at least 1 neighbor, found " + k);
        }
    }

    int k() {
        return k;
    }

    Path file() {
        return file;
    }

    /** The queries of a database, as {@link PreparedVectors#of} gives them. */
    FeatureMatrix prepared(FeatureSource database, Similarity similarity) {
        return read(file, database, similarity);
    }

    /** Prepared vectors of a file that stand beside a database. */
    FeatureMatrix read(Path file, FeatureSource database, Similarity similarity) {
        FeatureMatrix read =
                FeatureFiles.read(file, stated().ofDimension(database.dimension()), ConsoleProgress.of(spec));
        if (read.dimension() != database.dimension()) {
            throw new InputException(file + ": expected vectors of dimension " + database.dimension() + " as in "
                    + database.name() + ", found " + read.dimension());
        }
        return PreparedVectors.of(similarity, read, file.toString());
    }
}
