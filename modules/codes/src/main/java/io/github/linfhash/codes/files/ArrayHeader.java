package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of an NPY file of one or two dimensions, before its element type is interpreted.
 *
 * <p>The format is NumPy's NEP 1: the magic {@code \x93NUMPY}, a version, the header's length (two bytes in version 1, four in version 2)
 * and the text of a Python dictionary with the keys {@code descr}, {@code fortran_order} and {@code shape}. Nothing is evaluated.
 *
 * @param descriptor the type of the elements as NumPy writes it, such as {@code <f4}
 * @param columnMajor whether columns follow one another (Fortran order) instead of rows (C order)
 * @param shape one or two sizes
 */
public record ArrayHeader(String descriptor, boolean columnMajor, List<Integer> shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;

    /** A file that is read from its beginning. */
    @FunctionalInterface
    public interface Source {
        /**
         * Reads the next bytes.
         *
         * @param target is filled
         * @throws IOException if the file ends before, or cannot be read
         */
        void fill(byte[] target) throws IOException;
    }

    public ArrayHeader {
        shape = List.copyOf(shape);
    }

    /** Whether the elements are not in the order of rows: a matrix in Fortran order of several rows and columns. */
    public boolean isTransposed() {
        return columnMajor && shape.size() == 2 && shape.get(0) > 1 && shape.get(1) > 1;
    }

    /** The order of the bytes of an element. */
    public ByteOrder order() {
        return descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /**
     * Reads the header, and leaves the source at the first element.
     *
     * @param name names the file for messages
     * @throws InvalidFileException if the source does not begin with such a header
     * @throws IOException if the source throws it
     */
    public static ArrayHeader read(String name, Source in) throws IOException {
        byte[] start = new byte[8];
        in.fill(start);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new InvalidFileException(
                    name + " is no NPY file: expected it to begin with \\x93NUMPY, found something else");
        }
        if (start[6] < 1 || start[6] > 2 || start[7] != 0) {
            throw new InvalidFileException(name + " has a wrong NPY version: expected 1.0 or 2.0, found "
                    + (start[6] & 0xff) + "." + (start[7] & 0xff));
        }
        byte[] text = new byte[length(name, in, start[6] == 1 ? 2 : 4)];
        in.fill(text);
        return new Parser(name, new String(text, StandardCharsets.ISO_8859_1)).header();
    }

    /**
     * Returns a header of version 1.0 for an array in C order, padded to a multiple of 64 bytes as NumPy does.
     *
     * @param shape a tuple of Python, such as {@code (3, 2)} or {@code (3,)}
     */
    public static byte[] bytes(String descriptor, String shape) {
        String text = text(descriptor, shape);
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - 10));
        header.put((text + " ".repeat(length - 11 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }

    /** Returns the dictionary of an array in C order. */
    static String text(String descriptor, String shape) {
        return "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': " + shape + ", }";
    }

    private static int length(String name, Source in, int fieldBytes) throws IOException {
        byte[] field = new byte[fieldBytes];
        in.fill(field);
        long length = 0;
        for (int i = 0; i < fieldBytes; i++) {
            length |= (field[i] & 0xffL) << (8 * i);
        }
        if (length > MAX_HEADER) {
            throw new InvalidFileException(
                    name + " has a wrong NPY header: expected at most " + MAX_HEADER + " bytes, found " + length);
        }
        return (int) length;
    }

    /**
     * Parses the form of Python dictionary that an NPY header may have.
     *
     * <p>The grammar: {@code '{' entry (',' entry)* ','? '}'} with {@code entry = string ':' (string | True | False |
     * tuple)}, a tuple of whole numbers, spaces anywhere between.
     */
    private static final class Parser {
        private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
        private static final int MAX_DIGITS = 10;

        private final String file;
        private final String text;
        private int at;

        Parser(String file, String text) {
            this.file = file;
            this.text = text;
        }

        ArrayHeader header() throws InvalidFileException {
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
            if (!(entries.get("shape") instanceof Shape shape)
                    || shape.sizes().isEmpty()
                    || shape.sizes().size() > 2) {
                throw wrong("an array of one or two dimensions", "another shape");
            }
            return new ArrayHeader(descriptor, columnMajor, shape.sizes());
        }

        private record Shape(List<Integer> sizes) {}

        private Map<String, Object> dictionary() throws InvalidFileException {
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

        private Object value() throws InvalidFileException {
            skipSpace();
            for (String word : List.of("True", "False")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return Boolean.valueOf(word);
                }
            }
            if (at < text.length() && text.charAt(at) == '[') {
                throw new InvalidFileException(
                        file + " holds records: expected an array of numbers, found a structured type");
            }
            return at < text.length() && text.charAt(at) == '(' ? tuple() : string();
        }

        private Shape tuple() throws InvalidFileException {
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

        private int number() throws InvalidFileException {
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

        private String string() throws InvalidFileException {
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

        private void expect(char wanted) throws InvalidFileException {
            if (!accept(wanted)) {
                throw malformed("'" + wanted + "'");
            }
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
                at++;
            }
        }

        private InvalidFileException malformed(String expected) {
            return wrong(expected + " at character " + at, "something else");
        }

        private InvalidFileException wrong(String expected, String found) {
            return new InvalidFileException(
                    file + " has a wrong NPY header: expected " + expected + ", found " + found);
        }
    }
}
