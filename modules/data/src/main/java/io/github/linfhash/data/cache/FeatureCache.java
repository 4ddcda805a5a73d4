package io.github.linfhash.data.cache;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.SealedCache;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps computed features, as {@link SealedCache} does.
 *
 * @param folder where the files are
 */
public record FeatureCache(Path folder) {
    /** Computes features that are not kept yet. */
    @FunctionalInterface
    public interface Computation {
        FeatureMatrix compute() throws IOException;
    }

    /**
     * Features: read if they are there and undamaged, computed and kept if not.
     *
     * @param kind what they are, which begins the file's name: lower-case letters
     * @param content all that decides them, as a text: what they are computed of, every parameter and the code
     * @return n x d features
     * @throws IOException if kept features cannot be read
     */
    public FeatureMatrix get(String kind, String content, Computation computation, Progress progress)
            throws IOException {
        SealedCache.Form<FeatureMatrix> form =
                new SealedCache.Form<>(kind, "features", FeatureArrays::read, FeatureArrays::write);
        return new SealedCache(folder).get(form, content, computation::compute, progress);
    }
}
