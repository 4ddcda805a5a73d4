package io.github.linfhash.data.readers;

import io.github.linfhash.data.images.LabeledImages;
import io.github.linfhash.io.files.AtomicFiles;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes gray images and their classes as a pair of gzip-compressed IDX files.
 *
 * <p>The files carry neither time nor name, so the same images give the same unpacked bytes everywhere, and the same
 * files wherever the Java platform uses the same zlib.
 */
public final class IdxWriter {
    private IdxWriter() {}

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
        out.writeInt(IdxReader.IMAGES_MAGIC);
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
        out.writeInt(IdxReader.LABELS_MAGIC);
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
