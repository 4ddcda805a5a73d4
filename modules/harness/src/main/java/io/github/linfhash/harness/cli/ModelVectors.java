package io.github.linfhash.harness.cli;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.harness.models.Models;
import io.github.linfhash.protocols.model.TrainedModel;
import io.github.linfhash.protocols.npy.FeatureArrays;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that name a model and the vectors that it encodes. */
class ModelVectors {
    @Option(names = "--model", paramLabel = "F", required = true, description = "A model that 'linfhash train' wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    @Option(
            names = "--features",
            paramLabel = "F",
            required = true,
            description = "Raw feature vectors as .npy, float32 or float64, one row each.")
    @SuppressWarnings("NullAway.Init")
    private Path features;

    /** The codes of the vectors. */
    BinaryCodes encode() {
        TrainedModel trained = Models.read(model);
        return trained.encode(FeatureArrays.read(features), features.toString());
    }
}
