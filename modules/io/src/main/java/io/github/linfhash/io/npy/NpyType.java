package io.github.linfhash.io.npy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of NumPy that linfhash reads and writes, all little-endian. */
public enum NpyType {
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8),
    INT32("<i4", 4),
    INT64("<i8", 8),
    UINT8("|u1", 1),
    BOOL("|b1", 1);

    private final String descriptor;
    private final int bytes;

    NpyType(String descriptor, int bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    /** NumPy's name for it in a file header. */
    public String descriptor() {
        return descriptor;
    }

    /** The size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are whole numbers (truth values are not). */
    public boolean isInteger() {
        return this == INT32 || this == INT64 || this == UINT8;
    }

    /**
     * An element as a whole number; this must be an integer or a truth value.
     *
     * @param elements little-endian
     */
    long integer(ByteBuffer elements, int index) {
        return switch (this) {
            case INT64 -> elements.getLong(8 * index);
            case INT32 -> elements.getInt(4 * index);
            case UINT8, BOOL -> elements.get(index) & 0xffL;
            case FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is not a type of whole numbers");
        };
    }

    /**
     * An element as a real number; int64 beyond 2^53 is rounded.
     *
     * @param elements little-endian
     */
    double real(ByteBuffer elements, int index) {
        return switch (this) {
            case FLOAT32 -> elements.getFloat(4 * index);
            case FLOAT64 -> elements.getDouble(8 * index);
            case INT32, INT64, UINT8, BOOL -> integer(elements, index);
        };
    }

    static Optional<NpyType> of(String descriptor) {
        return Arrays.stream(values())
                .filter(type -> type.descriptor.equals(descriptor))
                .findFirst();
    }
}
