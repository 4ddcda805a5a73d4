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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /**
     * Reads the one form of Python dictionary that an NPY header may be; nothing is evaluated.
     *
     * <p>The grammar: {@code '{' entry (',' entry)* ','? '}'} with {@code entry = string ':' (string | True | False |
     * tuple)}, a tuple of whole numbers, spaces anywhere between.
     */
    private static final class NpyHeaderParser {
        private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
        private static final int MAX_DIGITS = 10;

        private final String file;
        private final String text;
        private int at;

        private NpyHeaderParser(String file, String text) {
            this.file = file;
            this.text = text;
        }

        /**
         * Parses the text of a header.
         *
         * @param file the file's name, for messages
         * @throws InputException if the text is anything but a header of an array that linfhash reads
         */
        static NpyHeader parse(String file, String text) {
            return new NpyHeaderParser(file, text).header();
        }

        private NpyHeader header() {
            Map<String, Object> entries = dictionary();
            if (!entries.keySet().equals(KEYS)) {
                throw wrong("the keys descr, fortran_order and shape", "others");
            }
            if (!(entries.get("descr") instanceof String descriptor)) {
                throw wrong("a simple element type", "a structured one");
            }
            if (!(entries.get("fortran_order") instanceof Boolean columnMajor)) {
                throw wrong("fortran_order to be True or False", "another value");
            }
            NpyType type = type(descriptor);
            if (!(entries.get("shape") instanceof Shape shape)
                    || shape.sizes().isEmpty()
                    || shape.sizes().size() > 2) {
                throw wrong("an array of one or two dimensions", "another shape");
            }
            ByteOrder order = descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new NpyHeader(type, order, columnMajor, shape.sizes());
        }

        private NpyType type(String descriptor) {
            Optional<NpyType> type =
                    descriptor.matches("[|<>].*") ? NpyType.ofCode(descriptor.substring(1)) : Optional.empty();
            return type.filter(known -> known.bytes() == 1 || descriptor.charAt(0) != '|')
                    .orElseThrow(() -> new InputException(file + " holds " + elements(descriptor)
                            + ": expected an array of float16, float32, float64, bool or whole numbers of 8 to 64 bits, found '"
                            + descriptor + "'"
                            + (elements(descriptor).equals("strings")
                                    ? "; names of classes are read from .txt, .csv, .parquet or .arrow"
                                    : "")));
        }

        /** What an array holds that linfhash does not read. */
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

        private record Shape(List<Integer> sizes) {}

        private Map<String, Object> dictionary() {
            Map<String, Object> entries = new HashMap<>();
            expect('{');
            while (!accept('}')) {
                String key = string();
                expect(':');
                if (entries.put(key, value()) != null) {
                    throw wrong("each key once", "'" + key + "' twice");
                }
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (at < text.length()) {
                throw malformed("its end");
            }
            return entries;
        }

        private Object value() {
            skipSpace();
            for (String word : List.of("True", "False")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return Boolean.valueOf(word);
                }
            }
            if (at < text.length() && text.charAt(at) == '[') {
                throw new InputException(
                        file + " holds records: expected an array of numbers, found a structured type");
            }
            return at < text.length() && text.charAt(at) == '(' ? tuple() : string();
        }

        private Shape tuple() {
            List<Integer> sizes = new ArrayList<>();
            expect('(');
            while (!accept(')')) {
                sizes.add(number());
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return new Shape(sizes);
        }

        private int number() {
            skipSpace();
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start) {
                throw malformed("a whole number");
            }
            String digits = text.substring(start, at);
            if (digits.length() > MAX_DIGITS || Long.parseLong(digits) > Integer.MAX_VALUE) {
                throw wrong("sizes of at most " + Integer.MAX_VALUE, "a larger one");
            }
            return Integer.parseInt(digits);
        }

        private String string() {
            skipSpace();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw malformed("a quoted text");
            }
            String content = text.substring(at + 1, end);
            if (!content.matches("[A-Za-z0-9_<>|=\\[\\]]{1,20}")) {
                throw malformed("a short text of plain characters");
            }
            at = end + 1;
            return content;
        }

        private boolean accept(char wanted) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char wanted) {
            if (!accept(wanted)) {
                throw malformed("'" + wanted + "'");
            }
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
                at++;
            }
        }

        private InputException malformed(String expected) {
            return wrong(expected + " at character " + at, "something else");
        }

        private InputException wrong(String expected, String found) {
            return new InputException(file + " has a wrong NPY header: expected " + expected + ", found " + found);
        }
    }
}
