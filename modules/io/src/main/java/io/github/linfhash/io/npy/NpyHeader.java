package io.github.linfhash.io.npy;

import io.github.linfhash.codes.files.ArrayHeader;
import io.github.linfhash.core.errors.InputException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The {@link ArrayHeader} of an NPY file whose element type linfhash reads.
 *
 * @param type of the elements
 * @param order of the bytes of an element
 * @param columnMajor whether columns follow one another (Fortran order) instead of rows (C order)
 * @param shape one or two sizes
 */
record NpyHeader(NpyType type, ByteOrder order, boolean columnMajor, List<Integer> shape) {
    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** Creates the header of a file that linfhash writes: little-endian, in C order. */
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

    /** Creates an input error about such an array. */
    InputException wrong(String file, String expected) {
        return new InputException(file + " has a wrong content: expected " + expected + ", found " + shown());
    }

    /** Returns the bytes before the elements of a file that linfhash writes. */
    byte[] toBytes() {
        String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return ArrayHeader.bytes(type.descriptor(), "(" + sizes + (shape.size() == 1 ? ",)" : ")"));
    }
}
