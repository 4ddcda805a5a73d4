package io.github.linfhash.io.npy;

import io.github.linfhash.codes.files.ArrayHeader;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads and writes NumPy's .npy files (versions 1 and 2 are read, 1 is written). */
public final class NpyFile {
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
        NpyArray read = read(in, header);
        in.expectEnd("a header and " + header.shown());
        return read;
    }

    /** Reads a whole array of at most 2 GiB, which is all that the input holds next. */
    static NpyArray read(StrictInput in, NpyHeader header) {
        if (header.elements() > MAX_BYTES / header.type().bytes()) {
            throw new InputException(
                    in.name() + " claims too much: expected at most " + MAX_BYTES + " bytes, found " + header.shown());
        }
        int bytes = (int) header.elements() * header.type().bytes();
        in.requireRoom(bytes, header.shown());
        byte[] content = new byte[bytes];
        in.read(content, 0, content.length, header.shown());
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
        try {
            ArrayHeader header = ArrayHeader.read(in.name(), bytes -> in.read(bytes, 0, bytes.length, EXPECTED));
            return new NpyHeader(
                    type(in.name(), header.descriptor()), header.order(), header.columnMajor(), header.shape());
        } catch (IOException e) {
            throw new InputException(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private static NpyType type(String file, String descriptor) {
        Optional<NpyType> type =
                descriptor.matches("[|<>].*") ? NpyType.ofCode(descriptor.substring(1)) : Optional.empty();
        return type.filter(known -> known.bytes() == 1 || descriptor.charAt(0) != '|')
                .orElseThrow(() -> new InputException(file + " holds " + elements(descriptor)
                        + ": expected an array of float16, float32, float64, bool or whole numbers of 8 to 64 bits, found '"
                        + descriptor + "'"
                        + (elements(descriptor).equals("strings")
                                ? "; names of classes are read from .txt, .csv or .parquet"
                                : "")));
    }

    /** Names the elements of an array that linfhash does not read. */
    private static String elements(String descriptor) {
        return switch (descriptor.replaceAll("[^A-Za-z]", "").concat(" ").charAt(0)) {
            case 'U', 'S', 'a' -> "strings";
            case 'O' -> "Python objects";
            case 'c' -> "complex numbers";
            case 'M', 'm' -> "dates or times";
            case 'V' -> "raw bytes";
            default -> "elements of another type";
        };
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
        write(file, array.type(), array.shape(), array::writeTo);
    }

    /**
     * Replaces a file by an array that need not fit into memory, whole or not at all.
     *
     * @param content writes all elements in C order, little-endian
     * @throws IOException if writing fails
     */
    public static void write(Path file, NpyType type, List<Integer> shape, AtomicFiles.Content content)
            throws IOException {
        AtomicFiles.write(file, out -> write(out, type, shape, content));
    }

    /**
     * Writes an array that need not fit into memory.
     *
     * @param content writes all elements in C order, little-endian
     * @throws IOException if writing fails
     */
    public static void write(OutputStream out, NpyType type, List<Integer> shape, AtomicFiles.Content content)
            throws IOException {
        out.write(new NpyHeader(type, shape).toBytes());
        content.writeTo(out);
    }
}
