package io.github.linfhash.spark.encoding;

import io.github.linfhash.codes.files.Temporary;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.models.Models;
import io.github.linfhash.experiment.models.TrainedModel;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model as it travels to executors: the bytes of its file (docs/model-format.md). As the value of a broadcast there is
 * one of these for an executor, which makes the learned function of it once, for all of its tasks.
 */
public final class BroadcastModel implements Serializable {
    private final byte[] file;
    private transient volatile @Nullable TrainedModel restored;

    private BroadcastModel(byte[] file, @Nullable TrainedModel restored) {
        this.file = file;
        this.restored = restored;
    }

    /**
     * Reads and checks a model.
     *
     * @throws InputException if the file is missing or is no model of a registered method, or if linear algebra
     *     computes wrongly on this processor
     */
    public static BroadcastModel read(Path file) throws IOException {
        TrainedModel model = Models.read(file);
        return new BroadcastModel(Files.readAllBytes(file), model);
    }

    /** The model, ready to encode; safe for threads. */
    public TrainedModel model() {
        TrainedModel model = restored;
        if (model == null) {
            synchronized (this) {
                model = restored;
                if (model == null) {
                    model = restore();
                    restored = model;
                }
            }
        }
        return model;
    }

    private TrainedModel restore() {
        try {
            try (Temporary copy = new Temporary(Files.createTempFile("model", ".linfhash"))) {
                Files.write(copy.path(), file);
                return Models.read(copy.path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be unpacked", e);
        }
    }
}
