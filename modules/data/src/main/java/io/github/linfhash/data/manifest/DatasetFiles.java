package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data set, and how they lie in its folder.
 *
 * @param layouts each a list of paths that together are the whole data set; a folder needs only one of them
 * @param files the files that can be fetched or come with linfhash; empty where nothing is known of them
 * @param sources the files that the data set was made from, if it is a derived one
 * @param recipe how {@code files} are made from {@code sources}; null if they are not
 * @param instructions what the user is to do with {@code files} where they are missing: half a sentence, to be followed by
 *     a colon and the files if there are any
 */
public record DatasetFiles(
        List<List<String>> layouts,
        List<DatasetFile> files,
        List<DatasetFile> sources,
        @Nullable Recipe recipe,
        String instructions) {
    public DatasetFiles {
        layouts = Requirements.list(layouts, "layouts").stream()
                .map(layout -> layout.stream()
                        .map(path -> Requirements.relativePath(path, "layouts"))
                        .toList())
                .toList();
        files = Requirements.list(files, "files");
        sources = Requirements.list(sources, "sources");
        instructions = Requirements.text(instructions, "instructions");
        if (layouts.isEmpty() || layouts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("expected at least one layout of at least one path, found " + layouts);
        }
    }

    /** The files that are to be fetched: those of the data set, or those that it is made from; none where nobody offers them. */
    public List<DatasetFile> offered() {
        return (recipe == null ? files : sources)
                .stream().filter(file -> !file.urls().isEmpty()).toList();
    }

    /** Whether a folder holds all paths of one of the layouts. */
    public boolean completeIn(Path folder) {
        return layouts.stream()
                .anyMatch(layout -> layout.stream().allMatch(path -> Files.exists(folder.resolve(path))));
    }

    /** How a data set is made from the files that it was drawn from. */
    public enum Recipe {
        /** See {@link FashionMnistSubset}. */
        FASHION_MNIST_SUBSET;

        /**
         * Makes the files of a data set.
         *
         * @param sources the folder with the files that the manifest lists as sources
         * @param target the folder to write to
         * @throws InputException if a source is not the file that the manifest lists
         * @throws IOException if the files cannot be written
         */
        public void make(DatasetManifest manifest, Path sources, Path target) throws IOException {
            FashionMnistSubset.write(manifest, sources, target);
        }
    }
}
