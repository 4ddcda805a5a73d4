package io.github.linfhash.cli;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.data.vectors.FeatureFiles;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that name a model and the vectors that it encodes. */
public class ModelVectors {
    @Option(names = "--model", paramLabel = "F", required = true, description = "A model that 'linfhash train' wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Option(
            names = "--features",
            paramLabel = "F",
            required = true,
            description = "Raw feature vectors: .npy, .npz, .fvecs, .bvecs, LIBSVM or CSV.")
    @SuppressWarnings("NullAway.Init")
    private Path features;

    /** The codes of the vectors. */
    public BinaryCodes encode() {
        BlasCheck.requireSound();
        TrainedModel trained = Models.read(model);
        return trained.encode(FeatureFiles.read(features, ConsoleProgress.standard()), features.toString());
    }
}
