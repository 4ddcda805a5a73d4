package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes vectors of texts by a published model; a service, as its libraries are large and come as an extra. */
public interface TextEmbedding {
    /**
     * The vectors of texts, computed or kept from before.
     *
     * @param model the model's name
     * @param cache the cache folder of the program, in which computed vectors are kept
     * @return a row for each text
     * @throws io.github.linfhash.core.errors.InputException if there is no such model, or a text has nothing to embed
     */
    FeatureMatrix embed(List<String> texts, String model, Path cache, Progress progress) throws IOException;
}
