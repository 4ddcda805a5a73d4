package io.github.linfhash.protocols.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.linfhash.protocols.images.ImageShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the files of a data set hold. */
public sealed interface DatasetContent permits ImageContent {
    /** How many rows: images, or vectors. */
    int rows();

    /** How many paths a layout of the data set's files lists. */
    int pathsPerLayout();

    /** The content that a manifest's keys describe. */
    @JsonCreator
    static DatasetContent of(
            @JsonProperty("format") @Nullable ImageFormat format,
            @JsonProperty("images") @Nullable Integer images,
            @JsonProperty("shape") @Nullable ImageShape shape,
            @JsonProperty("classes") @Nullable List<@Nullable String> classes) {
        return new ImageContent(
                Requirements.present(format, "format"),
                Requirements.present(images, "images"),
                Requirements.present(shape, "shape"),
                Requirements.list(classes, "classes"));
    }
}
