package io.github.linfhash.experiment.models;

import io.github.linfhash.experiment.registry.MethodRegistry;
import java.nio.file.Path;

/** Reads models of all registered methods. */
public final class Models {
    private Models() {}

    /**
     * Reads a model.
     *
     * @throws io.github.linfhash.core.errors.InputException if the file is missing or is no model of a registered method
     */
    public static TrainedModel read(Path file) {
        MethodRegistry registry = MethodRegistry.standard();
        return ModelFile.read(file, registry::find);
    }
}
