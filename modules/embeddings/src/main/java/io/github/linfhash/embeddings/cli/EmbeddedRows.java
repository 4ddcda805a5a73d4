package io.github.linfhash.embeddings.cli;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.cache.FeatureCache;
import io.github.linfhash.data.images.ColorImages;
import io.github.linfhash.embeddings.images.ImageEmbedder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The vectors to be written, and their labels.
 *
 * @param labels one entry for each vector; null if nothing says any
 */
record EmbeddedRows(FeatureMatrix vectors, @Nullable Labels labels) {
    /**
     * The vectors of images, computed or kept from before.
     *
     * @param sha256 of the images
     */
    static FeatureMatrix of(
            ImageEmbedder embedder, ColorImages images, String sha256, FeatureCache cache, Progress progress)
            throws IOException {
        return cache.get("images", embedder.identity(sha256), () -> embedder.embed(images, progress), progress);
    }
}
