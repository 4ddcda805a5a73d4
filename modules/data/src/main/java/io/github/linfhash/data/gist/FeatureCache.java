package io.github.linfhash.data.gist;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.LabelledImages;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.files.CodeHash;
import io.github.linfhash.io.files.FileFailure;
import io.github.linfhash.io.files.FileSeal;
import io.github.linfhash.io.npy.FeatureArrays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps computed features in files whose names carry the hash of the images, of every parameter and of the code that
 * computes them, each with a seal, so that a file is either exactly what is asked for or not used.
 *
 * @param folder where the files are
 */
public record FeatureCache(Path folder) {
    /**
     * The features of all images: read if they are there and undamaged, computed and kept if not.
     *
     * @return n x d raw features, rows in the order of the images
     * @throws IOException if kept features cannot be read
     */
    public FeatureMatrix gist(LabelledImages images, GistOptions options, Progress progress) throws IOException {
        Path file = folder.resolve("gist-" + key(images, options).substring(0, 32) + ".npy");
        Optional<FeatureMatrix> kept = kept(file, progress);
        if (kept.isPresent()) {
            return kept.get();
        }
        FeatureMatrix computed = new Gist(options).extract(images, progress);
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

    /** SHA-256 over the images' content, the parameters and the code. */
    private static String key(LabelledImages images, GistOptions options) {
        return Digests.sha256(images.sha256() + "/" + options.canonical() + "/" + CodeHash.ofPackage(Gist.class));
    }
}
