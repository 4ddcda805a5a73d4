package io.github.linfhash.harness.models;

import io.github.linfhash.harness.home.LinearAlgebra;
import io.github.linfhash.harness.methods.MethodRegistry;
import io.github.linfhash.protocols.model.ModelFile;
import io.github.linfhash.protocols.model.TrainedModel;
import java.nio.file.Path;

/** Reads models of all registered methods. */
public final class Models {
    private Models() {}

    /**
     * Reads a model.
     *
     * @throws io.github.linfhash.core.errors.InputException if the file is missing or is no model of a registered method,
     *     or linear algebra computes wrongly on this processor
     */
    public static TrainedModel read(Path file) {
        LinearAlgebra.requireSound();
        MethodRegistry registry = MethodRegistry.standard();
        return ModelFile.read(file, registry::find);
    }
}
