package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.TableOptions;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a user's vectors and their labels. */
class LabeledVectors extends TableOptions {
    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Labels of the vectors: .npy, .npz, LIBSVM, CSV, Parquet or .txt. May be the same"
                    + " file (the default with --label-column).")
    private @Nullable Path labels;

    /** Whether labels are named, in a file or as a column. */
    boolean hasLabels() {
        return labels != null || labelColumn() != null;
    }

    Path labels() {
        if (labels != null) {
            return labels;
        }
        if (labelColumn() == null) {
            throw new InputException(
                    "--labels: expected a file, or --label-column for a column of " + vectors() + ", found neither");
        }
        return vectors();
    }

    LabeledFeatures read(Progress progress) {
        return LabeledFeatures.read(vectors(), labels(), stated(), progress);
    }
}
