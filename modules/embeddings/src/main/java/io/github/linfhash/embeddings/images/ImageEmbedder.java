package io.github.linfhash.embeddings.images;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ColorImages;
import io.github.linfhash.embeddings.onnx.OnnxModel;
import io.github.linfhash.encoders.onnx.OnnxWeights;
import io.github.linfhash.io.files.CodeHash;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.RowSelectionCollector.Room;
import io.github.linfhash.io.input.StrictInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings of images by a network in ONNX: its output as it is. Images of another size are resized by bilinear interpolation,
 * gray ones have three equal channels.
 */
public final class ImageEmbedder implements AutoCloseable {
    private static final int LARGEST_FILE = 1 << 30;
    private static final int IMAGES_PER_BATCH = 16;
    private static final long LARGEST_DIMENSION = 1 << 16;

    private final OnnxModel network;
    private final ImageInput input;
    private final String output;

    private ImageEmbedder(OnnxModel network, ImageInput input, String output) {
        this.network = network;
        this.input = input;
        this.output = output;
    }

    /**
     * The user's description of a model; null where the model is to tell.
     *
     * @param side of the images that it takes, in pixels
     * @param layout of its input
     * @param values the numbers that it takes for the values of an image
     * @param channels their order
     * @param output the name of the output that is the embedding
     */
    public record Options(
            @Nullable Integer side,
            @Nullable Layout layout,
            @Nullable PixelValues values,
            @Nullable Channels channels,
            @Nullable String output) {}

    /**
     * Opens a model.
     *
     * @throws InputException if the file is missing, larger than 1 GiB or no model in ONNX with its weights in it, or takes or
     *     gives something else than images and vectors, or does not tell how it takes them
     */
    public static ImageEmbedder open(Path file, Options options) {
        byte[] content;
        try (StrictInput in = StrictInput.open(file)) {
            content = in.readRest(LARGEST_FILE);
        }
        OnnxWeights.requireInside(file.toString(), content);
        OnnxModel network = OnnxModel.open(file.toString(), content);
        try {
            ImageInput input = ImageInput.of(
                    network,
                    new ImageInput.Said(options.side(), options.layout(), options.values(), options.channels()));
            return new ImageEmbedder(network, input, output(network, options.output()));
        } catch (InputException e) {
            network.close();
            throw e;
        }
    }

    private static String output(OnnxModel network, @Nullable String said) {
        Map<String, TensorInfo> outputs = network.outputs();
        if (said == null && outputs.size() != 1) {
            throw new InputException(
                    network.name() + " does not fit: expected --output-name, one of its outputs, as it has several,"
                            + " found none of " + ImageInput.shown(outputs));
        }
        String name = said == null ? outputs.keySet().iterator().next() : said;
        TensorInfo tensor = outputs.get(name);
        if (tensor == null || tensor.type != OnnxJavaType.FLOAT) {
            throw new InputException(network.name() + " does not fit: expected an output '" + Excerpt.of(name)
                    + "' of float32, found " + ImageInput.shown(outputs));
        }
        return name;
    }

    /** The side of the images that the model takes, in pixels. */
    public int side() {
        return input.side();
    }

    /** How images are handed to the model, for people. */
    public String shown() {
        return input.side() + " x " + input.side() + " pixels, " + (input.blueFirst() ? Channels.BGR : Channels.RGB)
                + " "
                + input.values().title() + ", " + (input.channelsFirst() ? Layout.NCHW : Layout.NHWC) + ", output '"
                + output
                + "'";
    }

    /**
     * All that decides the embeddings of images, for a cache.
     *
     * @param images SHA-256 of the images
     */
    public String identity(String images) {
        return String.join(
                "/",
                images,
                network.sha256(),
                input.canonical(),
                output,
                CodeHash.ofPackage(ImageEmbedder.class),
                OrtEnvironment.getEnvironment().getVersion());
    }

    /**
     * Embeds images; each is asked for once, and no more than a batch for each core are in memory.
     *
     * @return n x d, row i for image i
     * @throws InputException if the model fails, gives no vector for each image or one that is not finite, or the vectors do not
     *     fit into memory
     */
    public FeatureMatrix embed(ColorImages images, Progress progress) {
        int least = Math.max(images.shape().width(), images.shape().height());
        if (input.side() < least) {
            throw new InputException("--side: expected a side of at least " + least
                    + " pixels, which the images have, found " + input.side());
        }
        int count = input.batch() > 0 ? input.batch() : IMAGES_PER_BATCH;
        int batches = (images.size() + count - 1) / count;
        Bilinear resizing = new Bilinear(images.shape(), input.side());
        try (Progress.Task task = progress.begin("embedding images", images.size())) {
            float[] first = embed(images, 0, count, resizing);
            int dimension = first.length / count;
            float[] target = new float[Room.require("the embeddings", images.size(), dimension)];
            IntStream.range(0, batches).parallel().forEach(batch -> {
                int from = batch * count;
                int rows = Math.min(count, images.size() - from);
                float[] vectors = batch == 0 ? first : embed(images, from, count, resizing);
                if (vectors.length != first.length) {
                    throw new InputException(network.name() + " does not fit: expected vectors of dimension "
                            + dimension + ", as for the first images, found " + vectors.length / count);
                }
                System.arraycopy(vectors, 0, target, from * dimension, rows * dimension);
                task.advance(rows);
            });
            return FeatureMatrix.owning(images.size(), dimension, target);
        }
    }

    /**
     * The vectors of some images. A batch is always full, the last one with repeated images: a model may take no other number, and
     * may compute another number in another way.
     */
    private float[] embed(ColorImages images, int from, int count, Bilinear resizing) {
        OnnxModel.Output vectors = network.run(
                environment -> Map.of(input.name(), tensor(images, from, count, resizing, environment)), output);
        List<Long> shape = vectors.shape();
        List<Long> ofImage = shape.isEmpty() ? shape : shape.subList(1, shape.size());
        long dimension = ofImage.stream().reduce(1L, (a, b) -> a * b);
        boolean flat =
                !ofImage.isEmpty() && ofImage.stream().filter(size -> size != 1).count() <= 1;
        if (!flat || shape.get(0) != count || dimension < 1 || dimension > LARGEST_DIMENSION) {
            throw new InputException(network.name() + " does not fit: expected as output '" + output
                    + "' a vector of at most " + LARGEST_DIMENSION + " numbers for each of " + count
                    + " images, found the shape " + shape);
        }
        float[] values = new float[count * (int) dimension];
        vectors.values().get(values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new InputException(network.name() + " gives wrong numbers: expected finite ones, found " + value
                        + " for an image from row " + from + " (counted from 0) on");
            }
        }
        return values;
    }

    private OnnxTensor tensor(ColorImages images, int from, int count, Bilinear resizing, OrtEnvironment environment)
            throws OrtException {
        int pixels = input.side() * input.side();
        float[] values = new float[Math.multiplyExact(count, 3 * pixels)];
        byte[] image = new byte[images.shape().values()];
        float[] channel = new float[pixels];
        for (int i = 0; i < count; i++) {
            // The last image, which fills up the last batch, is asked for once.
            if (from + i < images.size()) {
                images.copyValues(from + i, image);
            }
            for (int c = 0; c < 3; c++) {
                resizing.resize(image, images.shape().channels() == 1 ? 0 : c, channel);
                int place = input.blueFirst() ? 2 - c : c;
                int start = 3 * i * pixels + (input.channelsFirst() ? place * pixels : place);
                int step = input.channelsFirst() ? 1 : 3;
                for (int p = 0; p < pixels; p++) {
                    values[start + p * step] = input.values().of(channel[p], c);
                }
            }
        }
        long[] shape = input.channelsFirst()
                ? new long[] {count, 3, input.side(), input.side()}
                : new long[] {count, input.side(), input.side(), 3};
        if (!input.bytes()) {
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
        for (float value : values) {
            bytes.put((byte) Math.round(value));
        }
        return OnnxTensor.createTensor(environment, bytes.flip(), shape, OnnxJavaType.UINT8);
    }

    @Override
    public void close() {
        network.close();
    }
}
