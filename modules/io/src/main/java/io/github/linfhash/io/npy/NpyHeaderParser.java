package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the one form of Python dictionary that an NPY header may be; nothing is evaluated.
 *
 * <p>The grammar: {@code '{' entry (',' entry)* ','? '}'} with {@code entry = string ':' (string | True | False |
 * tuple)}, a tuple of whole numbers, spaces anywhere between.
 */
final class NpyHeaderParser {
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
            throw new InputException(file + " holds records: expected an array of numbers, found a structured type");
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
