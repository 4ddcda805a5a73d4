package io.github.linfhash.advisor.command;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.LabelFiles;
import io.github.linfhash.formats.vectors.TableForm;
import io.github.linfhash.shell.ConsoleProgress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that name the file of a user's vectors and state its layout. */
public class VectorsOption extends CsvOptions.WithLibsvm {
    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            required = true,
            description =
                    "Vectors: .npy, .npz, .fvecs, .bvecs, .fbin, .u8bin, HDF5, LIBSVM, CSV, Parquet, or a folder of"
                            + " .npy or table files.")
    @SuppressWarnings("NullAway.Init")
    private Path vectors;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private CommandSpec spec;

    private @Nullable TableForm layout;

    /** The file of the vectors. */
    public final Path vectors() {
        return vectors;
    }

    /** The layout of the vectors, stated or found. Queries of the same command must have it, too. */
    public final TableForm layout() {
        TableForm found = layout == null ? FeatureFiles.find(vectors, stated(), progress()) : layout;
        layout = found;
        return found;
    }

    /** Requires the dimension that the vectors must have, where their file leaves it open. */
    public final void fitTo(int dimension) {
        layout = FeatureFiles.find(vectors, stated().ofDimension(dimension), progress());
    }

    /** The progress of the command. */
    protected final Progress progress() {
        return ConsoleProgress.of(spec);
    }

    /**
     * Checks, before anything is read, that files are of known formats, and that what is stated of a layout is of use.
     *
     * @param queries other vectors that it is stated of; null if there are none
     * @param labels files of labels that it is stated of; null where there is none
     */
    public final void requireUse(@Nullable Path queries, @Nullable Path... labels) {
        List<Path> ofVectors =
                Stream.of(vectors, queries).filter(Objects::nonNull).toList();
        List<Path> ofLabels = Arrays.stream(labels).filter(Objects::nonNull).toList();
        ofVectors.forEach(FeatureFiles::requireKnown);
        ofLabels.forEach(LabelFiles::requireKnown);
        FeatureFiles.requireUse(
                stated(), Stream.concat(ofVectors.stream(), ofLabels.stream()).toList());
    }
}
