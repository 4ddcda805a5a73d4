package io.github.linfhash.cli;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabelledFeatures;
import io.github.linfhash.data.vectors.OwnVectors;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that name a user's vectors and their labels. */
class LabelledVectors {
    @Option(
            names = "--features",
            paramLabel = "FILE",
            required = true,
            description = "Feature vectors: .npy, .npz, .fvecs, .bvecs, LIBSVM or CSV.")
    @SuppressWarnings("NullAway.Init")
    private Path features;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            required = true,
            description = "Their labels: .npy, .npz, LIBSVM, CSV or a .txt list; may be the same file.")
    @SuppressWarnings("NullAway.Init")
    private Path labels;

    Path features() {
        return features;
    }

    Path labels() {
        return labels;
    }

    LabelledFeatures read(Progress progress) {
        return OwnVectors.read(features, labels, progress);
    }
}
