package io.github.linfhash.formats.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of every binary format, put together by hand or written by other programs. */
final class Seeds {
    private Seeds() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A file among the test resources. */
    static byte[] resource(String name) throws IOException {
        try (InputStream in = Seeds.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** An NPY file of version 1 with the given elements. */
    static byte[] npy(String descriptor, String shape, byte[] elements) {
        String header = "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] padded = String.format(Locale.ROOT, "%-117s\n", header).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(10 + padded.length + elements.length);
        file.put((byte) 0x93).put(text("NUMPY")).put((byte) 1).put((byte) 0);
        file.put((byte) padded.length).put((byte) 0).put(padded).put(elements);
        return file.array();
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    /** Two vectors of three components, as in .fvecs. */
    static byte[] fvecs() {
        ByteBuffer file = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < 2; row++) {
            file.putInt(3).putFloat(row).putFloat(-0.5f).putFloat(1e9f);
        }
        return file.array();
    }

    /** Two vectors of three components, as in .bvecs. */
    static byte[] bvecs() {
        ByteBuffer file = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < 2; row++) {
            file.putInt(3).put((byte) row).put((byte) 7).put((byte) 255);
        }
        return file.array();
    }

    /** Two vectors of three components, as in .fbin. */
    static byte[] bigAnn() {
        ByteBuffer file = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(2).putInt(3).put(floats(1, -2, 0.5f, 0, 7, 255));
        return file.array();
    }

    /** A zip archive of one compressed member. */
    static byte[] zip(String name, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
