package io.github.linfhash.data.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.linfhash.data.images.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the files of a data set hold. */
public sealed interface DatasetContent permits ImageContent, FeatureContent, TextContent {
    /** How many rows: images, vectors, or texts. */
    int rows();

    /** How many paths each layout of the data set's files lists; 0 if any number. */
    int pathsPerLayout();

    /** The content that a manifest's keys describe. */
    @JsonCreator
    static DatasetContent of(
            @JsonProperty("format") @Nullable String format,
            @JsonProperty("images") @Nullable Integer images,
            @JsonProperty("shape") @Nullable ImageShape shape,
            @JsonProperty("classes") @Nullable List<@Nullable String> classes,
            @JsonProperty("rows") @Nullable Integer rows,
            @JsonProperty("dimension") @Nullable Integer dimension,
            @JsonProperty("features") @Nullable String features,
            @JsonProperty("labels") @Nullable Integer labels,
            @JsonProperty("frequentLabels") @Nullable FrequentLabels frequentLabels) {
        Optional<ImageFormat> imageFormat = named(ImageFormat.values(), format);
        if (imageFormat.isPresent()) {
            Requirements.absent("images", rows, dimension, features, labels, frequentLabels);
            return new ImageContent(
                    imageFormat.get(),
                    Requirements.present(images, "images"),
                    Requirements.present(shape, "shape"),
                    Requirements.list(classes, "classes"));
        }
        Optional<TextFormat> textFormat = named(TextFormat.values(), format);
        if (textFormat.isPresent()) {
            Requirements.absent("texts", images, shape, classes, dimension, features, frequentLabels);
            return new TextContent(
                    textFormat.get(), Requirements.present(rows, "rows"), Requirements.present(labels, "labels"));
        }
        FeatureFormat featureFormat = DatasetContent.<FeatureFormat>named(FeatureFormat.values(), format)
                .orElseThrow(() -> new IllegalArgumentException("expected as 'format' one of "
                        + Stream.<Enum<?>[]>of(ImageFormat.values(), FeatureFormat.values(), TextFormat.values())
                                .flatMap(Arrays::stream)
                                .map(DatasetContent::nameOf)
                                .collect(Collectors.joining(", "))
                        + (format == null ? ", found none" : ", found '" + format + "'")));
        Requirements.absent("vectors", images, shape, classes);
        return new FeatureContent(
                featureFormat,
                Requirements.present(rows, "rows"),
                Requirements.present(dimension, "dimension"),
                Requirements.text(features, "features"),
                Requirements.present(labels, "labels"),
                frequentLabels);
    }

    private static <E extends Enum<E>> Optional<E> named(E[] constants, @Nullable String name) {
        return Arrays.stream(constants)
                .filter(constant -> nameOf(constant).equals(name))
                .findFirst();
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
