package io.github.linfhash.spark.program;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.models.ModelFile;
import io.github.linfhash.experiment.models.ModelTrainer;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Trains small models and keeps them as files. */
public final class KeptModels {
    private KeptModels() {}

    /** A model of a method with 16 bits; encoders train for one epoch. */
    public static Path train(Path folder, String method, Blobs blobs) throws IOException {
        boolean trainsLong = method.equals("nnh") || method.equals("snnh") || method.equals("deep-linf");
        Map<String, Object> options =
                trainsLong ? Map.of("training", Map.of("epochs", 1, "pairsPerEpoch", 1280)) : Map.of();
        Path file = folder.resolve(method + ".linfhash");
        ModelFile.write(
                file,
                new ModelTrainer("./linfhash train", Progress.NONE)
                        .onVectors(
                                blobs.train(),
                                blobs.trainLabels(),
                                MethodRegistry.standard().configure(method, options, "here"),
                                16,
                                3));
        return file;
    }
}
