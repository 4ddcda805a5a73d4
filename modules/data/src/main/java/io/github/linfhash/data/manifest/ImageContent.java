package io.github.linfhash.data.manifest;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import java.nio.file.Path;
import java.util.List;

/**
 * Images of one class each.
 *
 * @param format how they are written
 * @param images how many images, at least 1
 * @param shape the size of each
 * @param classes the names of the classes; class c is entry c
 */
public record ImageContent(ImageFormat format, int images, ImageShape shape, List<String> classes)
        implements DatasetContent {
    public ImageContent {
        classes = List.copyOf(classes);
        if (images < 1 || classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least 1 image and 1 class, found " + images + " and " + classes.size());
        }
    }

    @Override
    public int rows() {
        return images;
    }

    @Override
    public int pathsPerLayout() {
        return format.pathsPerLayout();
    }

    /**
     * Reads the images, in the order of the files.
     *
     * @param manifest the manifest that has this content
     * @param location the folder (or, for CIFAR-10, the archive) with the data set's files, as {@link DataLocator}
     *     finds it
     * @throws InputException if a file is not as its format says, or holds something else than the manifest says
     */
    public LabeledImages read(DatasetManifest manifest, Path location, Progress progress) {
        LabeledImages read = format.read(manifest, this, location, progress);
        if (read.size() != images || !read.shape().equals(shape)) {
            throw new InputException(location + " does not hold " + manifest.title() + ": expected " + images
                    + " images of " + shape + ", found " + read.size() + " of " + read.shape());
        }
        return read;
    }
}
