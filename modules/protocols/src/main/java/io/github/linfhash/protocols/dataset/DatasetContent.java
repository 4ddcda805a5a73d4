package io.github.linfhash.protocols.dataset;

import io.github.linfhash.protocols.images.ImageShape;
import java.util.List;

/**
 * What the files of a data set hold.
 *
 * @param format how they are written
 * @param images how many images, at least 1
 * @param shape the size of each
 * @param classes the names of the classes; class c is entry c
 */
public record DatasetContent(DatasetFormat format, int images, ImageShape shape, List<String> classes) {
    public DatasetContent {
        format = Requirements.present(format, "format");
        shape = Requirements.present(shape, "shape");
        classes = Requirements.list(classes, "classes");
        if (images < 1 || classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least 1 image and 1 class, found " + images + " and " + classes.size());
        }
    }
}
