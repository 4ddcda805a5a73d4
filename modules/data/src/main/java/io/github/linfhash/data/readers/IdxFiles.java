package io.github.linfhash.data.readers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.data.images.ImageShape;
import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.StrictInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Reads gray images and their classes from a pair of IDX files, plain or gzip-compressed (names that end in
 * {@code .gz}), and writes them compressed: the files carry neither time nor name, so the same images give the same unpacked bytes
 * everywhere, and the same files wherever the Java platform uses the same zlib.
 *
 * <p>An IDX file is a big-endian magic number (0x803 for images, 0x801 for labels), its sizes as int32 (n, height,
 * width; or n), and n * height * width or n unsigned bytes. Source: LeCun, Cortes and Burges, "The MNIST database".
 */
public final class IdxFiles {
    static final int IMAGES_MAGIC = 0x803;
    static final int LABELS_MAGIC = 0x801;

    private static final int MAX_SIDE = 4096;
    private static final int MAX_BYTES = 1 << 30;

    private IdxFiles() {}

    /**
     * Reads n images and their n classes.
     *
     * @param classNames the names of the classes; a label must be an index into them
     * @throws InputException if a file is missing, too short, too long or not as the format says, or the files do not
     *     belong together
     */
    public static LabeledImages read(Path images, Path labels, List<String> classNames) {
        ClassLabels classes = readLabels(labels, classNames.size());
        try (StrictInput in = StrictInput.open(images)) {
            int n = readCount(in, IMAGES_MAGIC, "images");
            if (n != classes.size()) {
                throw new InputException(in.name() + " does not belong to " + labels + ": expected " + classes.size()
                        + " images, one for each label, found " + n);
            }
            ImageShape shape = readShape(in);
            String expected = n + " images of " + shape.width() + " x " + shape.height() + " bytes";
            byte[] values = readBody(in, (long) n * shape.values(), expected);
            return LabeledImages.owning(shape, values, classes, classNames);
        }
    }

    private static ClassLabels readLabels(Path file, int classes) {
        try (StrictInput in = StrictInput.open(file)) {
            int n = readCount(in, LABELS_MAGIC, "labels");
            byte[] body = readBody(in, n, n + " labels of 1 byte");
            int[] labels = new int[n];
            for (int i = 0; i < n; i++) {
                labels[i] = body[i] & 0xff;
                if (labels[i] >= classes) {
                    throw new InputException(file + " has a wrong label in row " + i
                            + " (counted from 0): expected 0 to " + (classes - 1) + ", found " + labels[i]);
                }
            }
            return ClassLabels.of(labels);
        }
    }

    private static int readCount(StrictInput in, int magic, String what) {
        String expected = "an IDX header";
        int found = in.readInt(expected);
        if (found != magic) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s is no IDX file of %s: expected the magic number 0x%08x, found 0x%08x",
                    in.name(),
                    what,
                    magic,
                    found));
        }
        int n = in.readInt(expected);
        if (n < 1) {
            throw new InputException(
                    in.name() + " has a wrong header: expected at least 1 of the " + what + ", found " + n);
        }
        return n;
    }

    private static ImageShape readShape(StrictInput in) {
        int height = in.readInt("an IDX header");
        int width = in.readInt("an IDX header");
        if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
            throw new InputException(in.name() + " has a wrong header: expected images of 1 to " + MAX_SIDE
                    + " pixels a side, found " + width + " x " + height);
        }
        return new ImageShape(width, height, 1);
    }

    private static byte[] readBody(StrictInput in, long bytes, String expected) {
        if (bytes > MAX_BYTES) {
            throw new InputException(
                    in.name() + " claims too much: expected at most " + MAX_BYTES + " bytes, found " + bytes);
        }
        in.requireRoom(bytes, expected);
        byte[] body = new byte[(int) bytes];
        in.read(body, 0, body.length, expected);
        in.expectEnd("a header and " + expected);
        return body;
    }

    /**
     * Writes both files, each whole or not at all.
     *
     * @throws IllegalArgumentException if the images have more than one channel or more than 256 classes
     */
    public static void write(LabeledImages images, Path imageFile, Path labelFile) throws IOException {
        if (images.shape().channels() != 1 || images.classNames().size() > 256) {
            throw new IllegalArgumentException("an IDX file takes gray images of at most 256 classes");
        }
        writeGzip(imageFile, out -> writeImages(images, out));
        writeGzip(labelFile, out -> writeLabels(images, out));
    }

    private static void writeImages(LabeledImages images, DataOutputStream out) throws IOException {
        out.writeInt(IMAGES_MAGIC);
        out.writeInt(images.size());
        out.writeInt(images.height());
        out.writeInt(images.width());
        byte[] values = new byte[images.shape().values()];
        for (int i = 0; i < images.size(); i++) {
            images.copyValues(i, values);
            out.write(values);
        }
    }

    private static void writeLabels(LabeledImages images, DataOutputStream out) throws IOException {
        out.writeInt(LABELS_MAGIC);
        out.writeInt(images.size());
        for (int i = 0; i < images.size(); i++) {
            out.writeByte(images.labels().get(i));
        }
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static void writeGzip(Path file, Body body) throws IOException {
        AtomicFiles.write(file, out -> {
            try (DataOutputStream data = new DataOutputStream(gzip(out))) {
                body.writeTo(data);
            }
        });
    }

    private static OutputStream gzip(OutputStream out) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        return new GzipCompressorOutputStream(out, parameters);
    }
}
