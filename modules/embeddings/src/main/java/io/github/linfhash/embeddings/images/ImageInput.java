package io.github.linfhash.embeddings.images;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.TensorInfo;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.embeddings.onnx.OnnxModel;
import io.github.linfhash.io.input.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a model takes images.
 *
 * @param name of the input
 * @param bytes whether the values are uint8 instead of float32
 * @param channelsFirst whether the channels are before height and width
 * @param batch how many images the model takes at a time; 0 for any number
 * @param side of the images, in pixels
 * @param values what numbers stand for the values
 * @param blueFirst whether the channels are blue, green and red
 */
record ImageInput(
        String name, boolean bytes, boolean channelsFirst, int batch, int side, PixelValues values, boolean blueFirst) {
    private static final int CHANNELS = 3;
    private static final int LARGEST_SIDE = 1024;
    private static final int LARGEST_BATCH = 1024;

    /**
     * The user's description of the input; null where the model is to tell.
     *
     * @param side of the images, in pixels
     * @param layout whether the channels come before height and width
     * @param values what numbers stand for the values
     * @param channels the order of the channels
     */
    record Said(
            @Nullable Integer side,
            @Nullable Layout layout,
            @Nullable PixelValues values,
            @Nullable Channels channels) {}

    /**
     * Finds out how a model takes images: from its input, from ONNX's metadata for images, and from its description.
     *
     * @throws InputException if it takes something else, or does not tell and the user does not say
     */
    static ImageInput of(OnnxModel model, Said said) {
        Map<String, TensorInfo> inputs = model.inputs();
        if (inputs.size() != 1) {
            throw wrong(model, "one input, the images", shown(inputs));
        }
        Map.Entry<String, TensorInfo> only = inputs.entrySet().iterator().next();
        TensorInfo input = only.getValue();
        boolean bytes = input.type == OnnxJavaType.UINT8;
        if ((!bytes && input.type != OnnxJavaType.FLOAT) || input.getShape().length != 4) {
            throw wrong(model, "an input of images, float32 or uint8 in four dimensions", shown(inputs));
        }
        long[] shape = input.getShape();
        Layout layout = layout(model, said.layout(), shape, inputs);
        int side = side(model, said.side(), layout, shape, inputs);
        if (shape[0] > LARGEST_BATCH) {
            throw wrong(model, "at most " + LARGEST_BATCH + " images at a time", shown(inputs));
        }
        return new ImageInput(
                only.getKey(),
                bytes,
                layout == Layout.NCHW,
                (int) Math.max(0, shape[0]),
                side,
                values(model, said.values(), bytes),
                channels(model.metadata(), said.channels()) == Channels.BGR);
    }

    private static Layout layout(OnnxModel model, @Nullable Layout said, long[] shape, Map<String, TensorInfo> inputs) {
        List<Layout> possible = Arrays.stream(Layout.values())
                .filter(layout -> said == null || layout == said)
                .filter(layout ->
                        shape[layout.channels()] == CHANNELS || (said != null && shape[layout.channels()] < 0))
                .toList();
        if (possible.isEmpty()) {
            throw wrong(
                    model,
                    said == null
                            ? "an input with " + CHANNELS + " channels as its second or last dimension, or --layout"
                            : "an input in the layout " + said + " with " + CHANNELS + " channels",
                    shown(inputs));
        }
        if (possible.size() > 1) {
            throw wrong(model, "--layout, as both NCHW and NHWC are possible", shown(inputs));
        }
        return possible.get(0);
    }

    private static int side(
            OnnxModel model, @Nullable Integer said, Layout layout, long[] shape, Map<String, TensorInfo> inputs) {
        long height = shape[layout.height()];
        long width = shape[layout.height() + 1];
        long fixed = Math.max(height, width);
        if (height > 0 && width > 0 && height != width) {
            throw wrong(model, "an input of squares", shown(inputs));
        }
        if (said == null && fixed <= 0) {
            throw wrong(model, "--side, as its input has no size of its own", shown(inputs));
        }
        long side = said == null ? fixed : said;
        if (fixed > 0 && side != fixed) {
            throw wrong(model, "--side " + fixed + ", which is the size of its input", "--side " + side);
        }
        if (side < 1 || side > LARGEST_SIDE) {
            throw wrong(model, "a side of 1 to " + LARGEST_SIDE + " pixels", Long.toString(side));
        }
        return (int) side;
    }

    private static PixelValues values(OnnxModel model, @Nullable PixelValues said, boolean bytes) {
        if (bytes && said != null && said != PixelValues.BYTES) {
            throw wrong(model, "--values 0..255, as its input is uint8", "--values " + said.title());
        }
        OnnxModelMetadata metadata = model.metadata();
        return Optional.ofNullable(bytes ? PixelValues.BYTES : said)
                .or(() -> metadata.getCustomMetadataValue("Image.NominalPixelRange")
                        .flatMap(PixelValues::ofStandard))
                .or(() -> PixelValues.in(metadata.getDescription() + " " + metadata.getGraphDescription()))
                .orElseThrow(() -> wrong(
                        model,
                        "--values, one of " + String.join(", ", PixelValues.titles())
                                + ", as the model does not tell what numbers it takes",
                        "none"));
    }

    private static Channels channels(OnnxModelMetadata metadata, @Nullable Channels said) {
        boolean blueFirst = metadata.getCustomMetadataValue("Image.BitmapPixelFormat")
                .map(format -> format.toLowerCase(Locale.ROOT).startsWith("bgr"))
                .orElse(false);
        return said != null ? said : blueFirst ? Channels.BGR : Channels.RGB;
    }

    private static InputException wrong(OnnxModel model, String expected, String found) {
        return new InputException(model.name() + " does not fit: expected " + expected + ", found " + found);
    }

    /** Names, types and shapes of inputs or outputs. */
    static String shown(Map<String, TensorInfo> tensors) {
        return tensors.isEmpty()
                ? "none"
                : tensors.entrySet().stream()
                        .limit(5)
                        .map(tensor -> "'" + Excerpt.of(tensor.getKey()) + "' ("
                                + tensor.getValue().type.toString().toLowerCase(Locale.ROOT) + " of "
                                + shape(tensor.getValue()) + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String shape(TensorInfo tensor) {
        long[] shape = tensor.getShape();
        return IntStream.range(0, shape.length)
                .mapToObj(i -> shape[i] < 0 ? "any" : Long.toString(shape[i]))
                .collect(Collectors.joining(" x "));
    }

    /** For a cache. */
    String canonical() {
        return side + "/" + values.title() + "/" + blueFirst + "/" + channelsFirst;
    }
}
