package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.protocols.protocol.ImageFeatures.OfNetwork;
import java.io.IOException;
import java.nio.file.Path;

/** Makes features of images by a network; a service, as its libraries are large and come as an extra. */
public interface ImageEmbedding {
    /**
     * The features of images, computed or kept from before.
     *
     * @param model the file of the network
     * @param rule how the network takes images
     * @param cache the cache folder of the program, in which computed features are kept
     * @return a row for each image
     * @throws io.github.linfhash.core.errors.InputException if the file is no network that takes such images
     */
    FeatureMatrix embed(LabeledImages images, Path model, OfNetwork rule, Path cache, Progress progress)
            throws IOException;
}
