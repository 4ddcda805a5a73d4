package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of an NPY file's header.
 *
 * <p>The format is NumPy's NEP 1: the magic {@code \x93NUMPY}, a version, the header's length (two bytes in version 1,
 * four in version 2) and the text of a Python dictionary with the keys {@code descr}, {@code fortran_order} and
 * {@code shape}.
 *
 * @param type of the elements
 * @param order of the bytes of an element
 * @param columnMajor whether columns follow one another (Fortran order) instead of rows (C order)
 * @param shape one or two sizes
 */
record NpyHeader(NpyType type, ByteOrder order, boolean columnMajor, List<Integer> shape) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** The header of a file that linfhash writes: little-endian, in C order. */
    NpyHeader(NpyType type, List<Integer> shape) {
        this(type, ByteOrder.LITTLE_ENDIAN, false, shape);
    }

    /** Whether the elements are not in the order of rows: a matrix in Fortran order of several rows and columns. */
    boolean isTransposed() {
        return columnMajor && shape.size() == 2 && shape.get(0) > 1 && shape.get(1) > 1;
    }

    /** The number of elements; two sizes of 31 bits cannot overflow it. */
    long elements() {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        return elements;
    }

    /** The size of all elements in bytes, or the largest number where that is too small. */
    long bytes() {
        return elements() > Long.MAX_VALUE / type.bytes() ? Long.MAX_VALUE : elements() * type.bytes();
    }

    /** The type and the shape, for messages. */
    String shown() {
        return type + " of shape " + shape;
    }

    /** An input error about such an array. */
    InputException wrong(String file, String expected) {
        return new InputException(file + " has a wrong content: expected " + expected + ", found " + shown());
    }

    /** Everything before the elements, in version 1, padded like NumPy's own. */
    byte[] toBytes() {
        List<String> sizes = new ArrayList<>();
        shape.forEach(size -> sizes.add(Integer.toString(size)));
        String tuple = String.join(", ", sizes) + (shape.size() == 1 ? "," : "");
        String text = "{'descr': '" + type.descriptor() + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int fixed = MAGIC.length + 4;
        int total = (fixed + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String padded = text + " ".repeat(total - fixed - text.length() - 1) + "\n";
        byte[] bytes = new byte[total];
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        bytes[6] = 1;
        bytes[8] = (byte) padded.length();
        bytes[9] = (byte) (padded.length() >> 8);
        System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, bytes, fixed, padded.length());
        return bytes;
    }
}
