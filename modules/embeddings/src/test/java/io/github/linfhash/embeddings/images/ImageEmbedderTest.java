package io.github.linfhash.embeddings.images;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageEmbedderTest {
    private static final ImageEmbedder.Options NOTHING = new ImageEmbedder.Options(null, null, null, null, null);
    private static final ImageEmbedder.Options SIDE = side(4);

    @TempDir
    Path folder;

    private static ImageEmbedder.Options side(int side) {
        return new ImageEmbedder.Options(side, null, null, null, null);
    }

    private Path model(List<Integer> shape, List<Integer> axes, String description, Map<String, String> metadata)
            throws IOException {
        return ChannelMeans.write(folder.resolve("m.onnx"), DataType.FLOAT, shape, axes, description, metadata);
    }

    private Path channelsLast(String description) throws IOException {
        return model(List.of(0, 0, 0, 3), List.of(1, 2), description, Map.of());
    }

    /** Plain images, whose channels are known: image i is (i, 2 i, 3 i). */
    private static LabeledImages plain(int count) {
        ImageShape shape = new ImageShape(2, 2, 3);
        byte[] values = new byte[count * shape.values()];
        for (int i = 0; i < values.length; i++) {
            int image = i / shape.values();
            values[i] = (byte) (image * (1 + i % shape.values() / shape.pixels()));
        }
        return LabeledImages.owning(shape, values, ClassLabels.of(new int[count]), List.of("a"));
    }

    private static void requireMeans(Path model, ImageEmbedder.Options options, float scale, boolean reversed) {
        try (ImageEmbedder embedder = ImageEmbedder.open(model, options)) {
            FeatureMatrix found = embedder.embed(plain(37), Progress.NONE);
            assertThat(found.rows()).isEqualTo(37);
            assertThat(found.dimension()).isEqualTo(3);
            for (int i = 0; i < 37; i++) {
                for (int c = 0; c < 3; c++) {
                    int channel = reversed ? 2 - c : c;
                    assertThat(found.get(i, c)).isCloseTo(i * (channel + 1) * scale, within(1e-3f));
                }
            }
        }
    }

    @Test
    void theModelTellsLayoutSideAndRange() throws IOException {
        requireMeans(channelsLast("RGB 0..255, NHWC"), SIDE, 1, false);
        requireMeans(
                model(List.of(0, 3, 4, 4), List.of(2, 3), "", Map.of("Image.NominalPixelRange", "Normalized_0_1")),
                NOTHING,
                1 / 255f,
                false);
        requireMeans(
                model(
                        List.of(0, 3, 4, 4),
                        List.of(2, 3),
                        "",
                        Map.of("Image.NominalPixelRange", "NominalRange_0_255", "Image.BitmapPixelFormat", "Bgr8")),
                NOTHING,
                1,
                true);
    }

    @Test
    void aModelMayTakeAFixedNumberOfImagesOrBytes() throws IOException {
        requireMeans(model(List.of(1, 4, 4, 3), List.of(1, 2), "0..255", Map.of()), NOTHING, 1, false);
        requireMeans(model(List.of(5, 4, 4, 3), List.of(1, 2), "0..255", Map.of()), NOTHING, 1, false);
        Path bytes = ChannelMeans.write(
                folder.resolve("b.onnx"), DataType.UINT8, List.of(0, 3, 0, 0), List.of(2, 3), "", Map.of());
        requireMeans(bytes, SIDE, 1, false);
    }

    @Test
    void optionsSayWhatTheModelDoesNot() throws IOException {
        Path silent = model(List.of(0, 0, 0, 0), List.of(2, 3), "", Map.of());
        requireMeans(
                silent,
                new ImageEmbedder.Options(4, Layout.NCHW, PixelValues.BYTES, Channels.BGR, "embedding"),
                1,
                true);
    }

    @Test
    void grayImagesHaveThreeEqualChannels() throws IOException {
        LabeledImages gray =
                LabeledImages.owning(new ImageShape(1, 1, 1), new byte[] {(byte) 200}, ClassLabels.of(0), List.of("a"));
        try (ImageEmbedder embedder = ImageEmbedder.open(channelsLast("0..255"), SIDE)) {
            assertThat(embedder.embed(gray, Progress.NONE).toArray()).containsExactly(200, 200, 200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0,0,0,3; ; ; 0..255; expected --side",
                "0,0,0,3; 4; ; nothing; expected --values, one of 0..255, 0..1, -1..1, imagenet",
                "0,0,0,0; 4; ; 0..255; expected an input with 3 channels as its second or last dimension, or --layout",
                "0,3,4,3; 4; ; 0..255; expected --layout, as both NCHW and NHWC are possible",
                "0,3,4,4; 5; ; 0..255; expected --side 4, which is the size of its input, found --side 5",
                "0,3,4,5; 4; ; 0..255; expected an input of squares",
                "0,3,0,4; 4; NHWC; 0..255; expected an input in the layout NHWC with 3 channels",
                "0,3,0,0; 2000; ; 0..255; expected a side of 1 to 1024 pixels, found 2000",
                "0,3,0; 4; ; 0..255; expected an input of images, float32 or uint8 in four dimensions",
                "0,0,0,3; 1; ; 0..255; expected a side of at least 2 pixels",
            })
    void whatDoesNotFitIsSaid(
            String shape, @Nullable Integer side, @Nullable Layout layout, String description, String message)
            throws IOException {
        List<Integer> dimensions =
                List.of(shape.split(",")).stream().map(Integer::valueOf).toList();
        Path file = model(dimensions, List.of(1), description, Map.of());
        ImageEmbedder.Options options = new ImageEmbedder.Options(side, layout, null, null, null);
        assertOneSentence(() -> embed(file, options), message);
    }

    private static FeatureMatrix embed(Path file, ImageEmbedder.Options options) {
        try (ImageEmbedder embedder = ImageEmbedder.open(file, options)) {
            return embedder.embed(plain(1), Progress.NONE);
        }
    }

    @Test
    void anUnknownOutputOrOneThatIsNoVectorIsRefused() throws IOException {
        Path file = channelsLast("0..255");
        assertOneSentence(
                () -> embed(file, new ImageEmbedder.Options(4, null, null, null, "logits")),
                "m.onnx",
                "output 'logits'",
                "'embedding'");
        Path rows = model(List.of(0, 0, 0, 3), List.of(1), "0..255", Map.of());
        assertOneSentence(() -> embed(rows, SIDE), "m.onnx");
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("t.onnx"), "no model");
        assertOneSentence(() -> embed(text, SIDE), "t.onnx", "expected a whole model in ONNX");
        byte[] whole = Files.readAllBytes(channelsLast("0..255"));
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length - 20));
        assertOneSentence(() -> embed(cut, SIDE), "cut.onnx", "expected a whole model in ONNX");
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        assertOneSentence(() -> embed(empty, SIDE), "empty.onnx");
        assertOneSentence(() -> embed(folder.resolve("none.onnx"), SIDE), "none.onnx is missing");
    }

    /** MobileNet v1 (input image, N x H x W x 3, 0..255), run by hand with the same pixels. */
    @Test
    void aPublishedModelGivesWhatOnnxRuntimeGives() throws OrtException {
        String place = Objects.requireNonNullElse(System.getenv("LINFHASH_MOBILENET"), "");
        assumeTrue(!place.isEmpty(), "LINFHASH_MOBILENET does not name a MobileNet v1 in ONNX that takes 'image'");
        int side = 96;
        ImageShape shape = new ImageShape(side, side, 3);
        byte[] values = new byte[shape.values()];
        float[][][][] pixels = new float[1][side][side][3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i * 31 % 251);
            pixels[0][i % shape.pixels() / side][i % side][i / shape.pixels()] = i * 31 % 251;
        }
        LabeledImages image = LabeledImages.owning(shape, values, ClassLabels.of(0), List.of("a"));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(place);
                OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels);
                OrtSession.Result result = session.run(Map.of("image", tensor));
                ImageEmbedder embedder = ImageEmbedder.open(Path.of(place), side(side))) {
            float[] expected = ((float[][]) result.get(0).getValue())[0];
            FeatureMatrix found = embedder.embed(image, Progress.NONE);
            assertThat(found.dimension()).isEqualTo(expected.length);
            for (int j = 0; j < expected.length; j++) {
                assertThat(found.get(0, j)).isCloseTo(expected[j], within(1e-3f));
            }
        }
    }
}
