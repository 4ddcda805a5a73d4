package io.github.linfhash.embeddings.images;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The numbers that a model takes for the values 0 to 255 of an image. */
public enum PixelValues {
    /** As they are. */
    BYTES("0..255", "NominalRange_0_255"),
    /** Divided by 255. */
    UNIT("0..1", "Normalized_0_1"),
    /** From -1 to 1. */
    SIGNED("-1..1", "Normalized_1_1"),
    /** Divided by 255, less the mean and divided by the standard deviation of ImageNet's training images, by channel. */
    IMAGENET("imagenet", "");

    /** Red, green and blue, as torchvision has them. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final String title;
    private final String standard;

    PixelValues(String title, String standard) {
        this.title = title;
        this.standard = standard;
    }

    /** Its name on the command line. */
    public String title() {
        return title;
    }

    /** The names of all. */
    public static List<String> titles() {
        return Arrays.stream(values()).map(PixelValues::title).toList();
    }

    /** The range of a name on the command line. */
    public static Optional<PixelValues> named(String title) {
        return Arrays.stream(values())
                .filter(range -> range.title.equals(title))
                .findFirst();
    }

    /** The range that ONNX's metadata call so ({@code Image.NominalPixelRange}). */
    static Optional<PixelValues> ofStandard(String name) {
        return Arrays.stream(values())
                .filter(range -> !range.standard.isEmpty() && range.standard.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The one range that a description in words names, if it names just one. */
    static Optional<PixelValues> in(String description) {
        String plain = description
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\[\\s*(-?\\d+)(?:\\.0)?\\s*,\\s*(\\d+)(?:\\.0)?\\s*]", "$1..$2");
        List<PixelValues> found = Arrays.stream(values())
                .filter(range -> range != IMAGENET
                        && plain.matches("(?s).*(?<![\\d.-])" + range.title.replace(".", "\\.") + "(?!\\d).*"))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * The number for a value.
     *
     * @param value 0 to 255
     * @param channel 0 for red, 1 for green, 2 for blue
     */
    float of(float value, int channel) {
        return switch (this) {
            case BYTES -> value;
            case UNIT -> value / 255;
            case SIGNED -> value / 127.5f - 1;
            case IMAGENET -> (value / 255 - MEAN[channel]) / DEVIATION[channel];
        };
    }
}
