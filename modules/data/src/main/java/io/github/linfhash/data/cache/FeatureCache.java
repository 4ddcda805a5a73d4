package io.github.linfhash.data.cache;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.files.FileSeal;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps computed features in files whose names carry a hash of all that decides them, each with a seal, so that a file is
 * either exactly what is asked for or not used.
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
        Path file = folder.resolve(kind + "-" + Digests.sha256(content).substring(0, 32) + ".npy");
        Optional<FeatureMatrix> kept = kept(file, progress);
        if (kept.isPresent()) {
            return kept.get();
        }
        FeatureMatrix computed = computation.compute();
        keep(file, computed, progress);
        return computed;
    }

    /** A cache on a full or read-only disk costs time, not the comparison. */
    private void keep(Path file, FeatureMatrix features, Progress progress) {
        try {
            AtomicFiles.deleteLeftovers(folder);
            FeatureArrays.write(file, features);
            FileSeal.put(file);
        } catch (IOException e) {
            progress.note(
                    file + " could not be kept (" + FileFailure.reason(e) + "): the features will be computed again");
        }
    }

    private static Optional<FeatureMatrix> kept(Path file, Progress progress) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!FileSeal.holds(file)) {
            progress.note(file + " is not as it was kept (its checksum differs): the features are computed again");
            return Optional.empty();
        }
        return Optional.of(FeatureArrays.read(file));
    }
}
