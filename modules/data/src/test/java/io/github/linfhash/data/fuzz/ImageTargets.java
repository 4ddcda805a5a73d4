package io.github.linfhash.data.fuzz;

import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.images.ImageFolder;
import io.github.linfhash.data.readers.IdxFiles;
import io.github.linfhash.data.readers.SmallCifar10;
import io.github.linfhash.testing.fuzz.FuzzTarget;
import io.github.linfhash.testing.fuzz.Parts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Readers of images. */
final class ImageTargets {
    private static final List<String> CLASSES = List.of("a", "b");

    private ImageTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget(
                        "idx", (folder, input) -> idx(folder, input, ""), () -> idxSeeds(UnaryOperator.identity())),
                new FuzzTarget(
                        "idx-gzip", (folder, input) -> idx(folder, input, ".gz"), () -> idxSeeds(ImageTargets::gzip)),
                new FuzzTarget("cifar10-batch", ImageTargets::batch, ImageTargets::batchSeeds),
                FuzzTarget.ofFile(
                        "cifar10-gzip",
                        SmallCifar10.ARCHIVE,
                        SmallCifar10::read,
                        () -> Map.of("official", gzip(SmallCifar10.tar()))),
                new FuzzTarget(
                        "cifar10-tar",
                        (folder, input) ->
                                SmallCifar10.read(Files.write(folder.resolve(SmallCifar10.ARCHIVE), gzip(input))),
                        () -> Map.of("official", SmallCifar10.tar())),
                new FuzzTarget("image", ImageTargets::image, ImageTargets::imageSeeds),
                new FuzzTarget("webp", ImageTargets::image, ImageTargets::webpSeeds),
                new FuzzTarget("image-orientation", ImageTargets::image, ImageTargets::orientationSeeds));
    }

    private static Map<String, byte[]> idxSeeds(UnaryOperator<byte[]> packing) {
        return Map.of("three-images", Parts.join(packing.apply(idxImages(3)), packing.apply(idxLabels(0, 1, 1))));
    }

    private static Map<String, byte[]> batchSeeds() {
        Map<String, byte[]> files = SmallCifar10.files();
        return Map.of(
                "official",
                Parts.join(
                        files.getOrDefault("batches.meta.txt", new byte[0]),
                        files.getOrDefault("test_batch.bin", new byte[0])));
    }

    private static Map<String, byte[]> imageSeeds() throws IOException {
        return Map.of(
                "png", encoded("png", BufferedImage.TYPE_INT_ARGB),
                "indexed-png", encoded("png", BufferedImage.TYPE_BYTE_INDEXED),
                "deep-png", encoded("png", BufferedImage.TYPE_USHORT_GRAY),
                "jpeg", encoded("jpeg", BufferedImage.TYPE_INT_RGB),
                "gray-jpeg", encoded("jpeg", BufferedImage.TYPE_BYTE_GRAY),
                "progressive-jpeg", resource("jpeg-progressive.jpg"),
                "cmyk-jpeg", resource("jpeg-cmyk.jpg"),
                "ycck-jpeg", resource("jpeg-ycck.jpg"));
    }

    private static Map<String, byte[]> webpSeeds() throws IOException {
        return Map.of(
                "lossy", resource("webp-lossy.webp"),
                "lossy-alpha", resource("webp-lossy-alpha.webp"),
                "lossless", resource("webp-lossless-palette.webp"),
                "lossless-alpha", resource("webp-lossless-alpha.webp"));
    }

    private static Map<String, byte[]> orientationSeeds() throws IOException {
        return Map.of("jpeg", resource("exif-5.jpg"), "png", resource("exif-6.png"), "webp", resource("exif-6.webp"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ImageTargets.class.getResourceAsStream("/images/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static void idx(Path folder, byte[] input, String ending) throws IOException {
        List<byte[]> parts = Parts.split(input, 2);
        IdxFiles.read(
                Files.write(folder.resolve("images" + ending), parts.get(0)),
                Files.write(folder.resolve("labels" + ending), parts.get(1)),
                CLASSES);
    }

    /** The names of the classes and the last batch are anything; the other batches are right. */
    private static void batch(Path folder, byte[] input) throws IOException {
        List<byte[]> parts = Parts.split(input, 2);
        Map<String, byte[]> files = SmallCifar10.files();
        files.put("batches.meta.txt", parts.get(0));
        files.put("test_batch.bin", parts.get(1));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        SmallCifar10.read(folder);
    }

    private static void image(Path folder, byte[] input) throws IOException {
        Files.write(Files.createDirectory(folder.resolve("class")).resolve("image.png"), input);
        ImageFolder.read(folder, 4, ImageFolder.Unreadable.REFUSED, Progress.NONE);
    }

    private static byte[] encoded(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(5, 3, type);
        image.setRGB(1, 1, 0x80ff4020);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no writer of " + format);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Images of 2 x 1 pixels in the IDX format. */
    private static byte[] idxImages(int count) {
        ByteBuffer file = ByteBuffer.allocate(16 + 2 * count);
        file.putInt(0x803).putInt(count).putInt(1).putInt(2);
        return file.array();
    }

    private static byte[] idxLabels(int... labels) {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
        file.putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            file.put((byte) label);
        }
        return file.array();
    }
}
