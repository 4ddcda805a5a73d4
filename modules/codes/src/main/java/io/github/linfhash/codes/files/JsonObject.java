package io.github.linfhash.codes.files;

import io.github.linfhash.codes.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of a JSON file (RFC 8259), whose reader says which values it expects. */
public final class JsonObject {
    private static final int MOST_BYTES = 1 << 20;

    private final String where;
    private final Map<String, @Nullable Object> values;

    private JsonObject(String where, Map<String, @Nullable Object> values) {
        this.where = where;
        this.values = values;
    }

    /**
     * Reads a file of at most 1 MiB.
     *
     * @throws InvalidFileException if it is missing, or no JSON object
     */
    public static JsonObject read(Path file) throws IOException {
        MappedRows.requireFile(file);
        if (Files.size(file) > MOST_BYTES) {
            throw new InvalidFileException(file + " is too large: expected a JSON file of at most 1 MiB, found "
                    + Files.size(file) + " bytes");
        }
        return of(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads an object from the bytes of a file.
     *
     * @param name names the file for messages
     * @throws InvalidFileException if it is no JSON object in UTF-8
     */
    public static JsonObject of(String name, byte[] file) throws InvalidFileException {
        if (file.length > MOST_BYTES) {
            throw new InvalidFileException(
                    name + " is too large: expected JSON of at most 1 MiB, found " + file.length + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return new JsonObject(name, new Parser(name, text).document());
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(name + ": expected text in UTF-8, found other bytes", e);
        }
    }

    /** The names of all values, in their order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Whether there is a value that is not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /**
     * A text.
     *
     * @throws InvalidFileException if there is no such text
     */
    public String text(String name) throws InvalidFileException {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    /**
     * One of several texts.
     *
     * @throws InvalidFileException if there is no such text, or another one
     */
    public String oneOf(String name, List<String> allowed) throws InvalidFileException {
        String text = text(name);
        if (!allowed.contains(text)) {
            throw wrong(name, "one of " + String.join(", ", allowed));
        }
        return text;
    }

    /**
     * A number within bounds, both included.
     *
     * @throws InvalidFileException if there is no such number, or one out of range
     */
    public double number(String name, double least, double most) throws InvalidFileException {
        if (values.get(name) instanceof Double number && number >= least && number <= most) {
            return number;
        }
        throw wrong(name, "a number from " + least + " to " + most);
    }

    /**
     * A whole number within bounds, both included.
     *
     * @throws InvalidFileException if there is no such whole number, or one out of range
     */
    public int count(String name, int least, int most) throws InvalidFileException {
        if (values.get(name) instanceof Double number && isCount(number, least, most)) {
            return number.intValue();
        }
        throw wrong(name, "a whole number from " + least + " to " + most);
    }

    private static boolean isCount(double number, int least, int most) {
        return number >= least && number <= most && number == Math.rint(number);
    }

    /**
     * An object.
     *
     * @throws InvalidFileException if there is no such object
     */
    @SuppressWarnings("unchecked") // the parser makes no other maps
    public JsonObject object(String name) throws InvalidFileException {
        if (values.get(name) instanceof Map<?, ?> map) {
            return new JsonObject(where + ", " + name, (Map<String, @Nullable Object>) map);
        }
        throw wrong(name, "an object");
    }

    /** An error about a value. */
    public InvalidFileException wrong(String name, String expected) {
        Object value = values.get(name);
        String found = value == null
                ? "none"
                : value instanceof Map ? "an object" : value instanceof List ? "a list" : shortened(value.toString());
        return new InvalidFileException(where + ", " + name + ": expected " + expected + ", found " + found);
    }

    /** Returns a text of a file in quotes for messages: at most 40 characters, those outside ASCII as question marks. */
    public static String shortened(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return "'" + (plain.length() > 40 ? plain.substring(0, 40) + "..." : plain) + "'";
    }

    /** Reads strict JSON by recursive descent. */
    private static final class Parser {
        private static final int MOST_DEPTH = 32;

        private final String file;
        private final String text;
        private int at;
        private int depth;

        Parser(String file, String text) {
            this.file = file;
            this.text = text;
        }

        Map<String, @Nullable Object> document() throws InvalidFileException {
            skipSpace();
            Map<String, @Nullable Object> object = object();
            skipSpace();
            if (at < text.length()) {
                throw wrong("its end");
            }
            return object;
        }

        private Map<String, @Nullable Object> object() throws InvalidFileException {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            open('{');
            if (!accept('}')) {
                do {
                    skipSpace();
                    String name = string();
                    expect(':');
                    skipSpace();
                    Object value = value();
                    if (values.containsKey(name)) {
                        throw wrong("each name once");
                    }
                    values.put(name, value);
                } while (accept(','));
                expect('}');
            }
            depth--;
            return values;
        }

        private List<@Nullable Object> list() throws InvalidFileException {
            List<@Nullable Object> values = new ArrayList<>();
            open('[');
            if (!accept(']')) {
                do {
                    skipSpace();
                    values.add(value());
                } while (accept(','));
                expect(']');
            }
            depth--;
            return values;
        }

        private void open(char bracket) throws InvalidFileException {
            expect(bracket);
            if (++depth > MOST_DEPTH) {
                throw wrong("at most " + MOST_DEPTH + " objects and lists within each other");
            }
        }

        private @Nullable Object value() throws InvalidFileException {
            char first = at < text.length() ? text.charAt(at) : ' ';
            return switch (first) {
                case '{' -> object();
                case '[' -> list();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private @Nullable Boolean word(String word, @Nullable Boolean value) throws InvalidFileException {
            if (!text.startsWith(word, at)) {
                throw wrong("a value");
            }
            at += word.length();
            return value;
        }

        private Double number() throws InvalidFileException {
            int start = at;
            accept1('-');
            if (!accept1('0')) {
                digits();
            }
            if (accept1('.')) {
                digits();
            }
            if (accept1('e') || accept1('E')) {
                if (!accept1('+')) {
                    accept1('-');
                }
                digits();
            }
            return Double.valueOf(text.substring(start, at));
        }

        private void digits() throws InvalidFileException {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start) {
                throw wrong("a value");
            }
        }

        private String string() throws InvalidFileException {
            if (!accept1('"')) {
                throw wrong("a text");
            }
            StringBuilder content = new StringBuilder();
            while (!accept1('"')) {
                char next = next();
                if (next < ' ') {
                    throw wrong("no control characters in a text");
                }
                content.append(next == '\\' ? escaped() : next);
            }
            return content.toString();
        }

        private char escaped() throws InvalidFileException {
            char kind = next();
            return switch (kind) {
                case '"', '\\', '/' -> kind;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> (char) hexadecimal();
                default -> throw wrong("an escaped character");
            };
        }

        private int hexadecimal() throws InvalidFileException {
            int code = 0;
            for (int k = 0; k < 4; k++) {
                char digit = next();
                // Not Character.digit, which takes the digits of all scripts.
                if (!HexFormat.isHexDigit(digit)) {
                    throw wrong("four hexadecimal digits");
                }
                code = 16 * code + HexFormat.fromHexDigit(digit);
            }
            return code;
        }

        private char next() throws InvalidFileException {
            if (at == text.length()) {
                throw wrong("the end of a text");
            }
            return text.charAt(at++);
        }

        private boolean accept1(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private boolean accept(char wanted) {
            skipSpace();
            return accept1(wanted);
        }

        private void expect(char wanted) throws InvalidFileException {
            if (!accept(wanted)) {
                throw wrong("'" + wanted + "'");
            }
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private InvalidFileException wrong(String expected) {
            return new InvalidFileException(
                    file + " is no JSON: expected " + expected + " at character " + at + ", found something else");
        }
    }
}
