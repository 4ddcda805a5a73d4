package io.github.linfhash.cli;

import io.github.linfhash.advisor.command.TableOptions;
import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import io.github.linfhash.formats.vectors.FeatureFiles;
import io.github.linfhash.formats.vectors.TableForm;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that name a model and the vectors that it encodes. */
public class ModelVectors extends TableOptions {
    @Option(names = "--model", paramLabel = "F", required = true, description = "Model written by 'linfhash train'.")
    @SuppressWarnings("NullAway.Init")
    private Path model;

    /** The codes of the vectors. */
    public BinaryCodes encode() {
        requireUse(null);
        TrainedModel trained = Models.read(model);
        TableForm layout = stated().ofDimension(trained.card().dimension());
        return trained.encode(
                FeatureFiles.read(vectors(), layout, progress()), vectors().toString());
    }
}
