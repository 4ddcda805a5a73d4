package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Path;

/** How a data set is made from the files that it was drawn from. */
public enum Recipe {
    /** See {@link FashionMnistSubset}. */
    FASHION_MNIST_SUBSET {
        @Override
        public void make(DatasetManifest manifest, Path sources, Path target) throws IOException {
            FashionMnistSubset.write(manifest, sources, target);
        }
    };

    /**
     * Makes the files of a data set.
     *
     * @param sources the folder with the files that the manifest lists as sources
     * @param target the folder to write to
     * @throws InputException if a source is not the file that the manifest lists
     * @throws IOException if the files cannot be written
     */
    public abstract void make(DatasetManifest manifest, Path sources, Path target) throws IOException;
}
