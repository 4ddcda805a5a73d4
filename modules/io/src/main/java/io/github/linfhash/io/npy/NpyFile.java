package io.github.linfhash.io.npy;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads and writes NumPy's .npy files (versions 1 and 2 are read, 1 is written). */
public final class NpyFile {
    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
    private static final String EXPECTED = "an NPY header";

    private NpyFile() {}

    /**
     * Reads a whole array of one or two dimensions, at most 2 GiB large; in memory it is in C order, little-endian.
     *
     * @throws InputException if the file is missing, too short, too long, or anything else than such an array
     */
    public static NpyArray read(Path file) {
        try (StrictInput in = StrictInput.open(file)) {
            return read(in);
        }
    }

    /** Reads a whole array of at most 2 GiB, which is all that the input holds. */
    public static NpyArray read(StrictInput in) {
        NpyHeader header = readHeader(in);
        if (header.elements() > MAX_BYTES / header.type().bytes()) {
            throw new InputException(
                    in.name() + " claims too much: expected at most " + MAX_BYTES + " bytes, found " + header.shown());
        }
        int bytes = (int) header.elements() * header.type().bytes();
        in.requireRoom(bytes, header.shown());
        byte[] content = new byte[bytes];
        in.read(content, 0, content.length, header.shown());
        in.expectEnd("a header and " + header.shown());
        toLittleEndian(content, header);
        return NpyArray.owning(
                header.type(), header.shape(), header.isTransposed() ? toRows(content, header) : content);
    }

    /** Turns the bytes of each element around if they are big-endian. */
    static void toLittleEndian(byte[] content, NpyHeader header) {
        int width = header.type().bytes();
        if (header.order() == ByteOrder.LITTLE_ENDIAN || width == 1) {
            return;
        }
        for (int start = 0; start < content.length; start += width) {
            for (int i = start, j = start + width - 1; i < j; i++, j--) {
                byte first = content[i];
                content[i] = content[j];
                content[j] = first;
            }
        }
    }

    private static byte[] toRows(byte[] columns, NpyHeader header) {
        int width = header.type().bytes();
        int n = header.shape().get(0);
        int d = header.shape().get(1);
        byte[] rows = new byte[columns.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                System.arraycopy(columns, (j * n + i) * width, rows, (i * d + j) * width, width);
            }
        }
        return rows;
    }

    static NpyHeader readHeader(StrictInput in) {
        byte[] start = new byte[8];
        in.read(start, 0, start.length, EXPECTED);
        if (!Arrays.equals(start, 0, NpyHeader.MAGIC.length, NpyHeader.MAGIC, 0, NpyHeader.MAGIC.length)) {
            throw new InputException(
                    in.name() + " is no NPY file: expected it to begin with \\x93NUMPY, found " + "something else");
        }
        if (start[6] < 1 || start[6] > 2 || start[7] != 0) {
            throw new InputException(in.name() + " has a wrong NPY version: expected 1.0 or 2.0, found "
                    + (start[6] & 0xff) + "." + (start[7] & 0xff));
        }
        byte[] text = new byte[headerLength(in, start[6] == 1 ? 2 : 4)];
        in.read(text, 0, text.length, EXPECTED);
        return NpyHeaderParser.parse(in.name(), new String(text, StandardCharsets.ISO_8859_1));
    }

    private static int headerLength(StrictInput in, int fieldBytes) {
        byte[] field = new byte[fieldBytes];
        in.read(field, 0, fieldBytes, EXPECTED);
        long length = 0;
        for (int i = 0; i < fieldBytes; i++) {
            length |= (field[i] & 0xffL) << (8 * i);
        }
        if (length > MAX_HEADER) {
            throw new InputException(
                    in.name() + " has a wrong NPY header: expected at most " + MAX_HEADER + " bytes, found " + length);
        }
        return (int) length;
    }

    /** The bytes of a file that holds an array. */
    public static byte[] toBytes(NpyArray array) {
        byte[] header = new NpyHeader(array.type(), array.shape()).toBytes();
        byte[] content = array.toBytes();
        byte[] bytes = Arrays.copyOf(header, Math.addExact(header.length, content.length));
        System.arraycopy(content, 0, bytes, header.length, content.length);
        return bytes;
    }

    /** SHA-256, in hex, of the file that {@link #write} makes of an array. */
    public static String sha256(NpyArray array) {
        MessageDigest digest = Digests.sha256();
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            out.write(new NpyHeader(array.type(), array.shape()).toBytes());
            array.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("what is written to nothing can always be written", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Replaces a file by an array, whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public static void write(Path file, NpyArray array) throws IOException {
        AtomicFiles.write(file, out -> {
            out.write(new NpyHeader(array.type(), array.shape()).toBytes());
            array.writeTo(out);
        });
    }
}
