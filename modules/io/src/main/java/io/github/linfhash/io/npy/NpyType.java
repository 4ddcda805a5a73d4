package io.github.linfhash.io.npy;

import io.github.linfhash.codes.Float16;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types of NumPy that linfhash reads; it writes them little-endian. */
public enum NpyType {
    FLOAT16("f2", 2),
    FLOAT32("f4", 4),
    FLOAT64("f8", 8),
    INT8("i1", 1),
    INT16("i2", 2),
    INT32("i4", 4),
    INT64("i8", 8),
    UINT8("u1", 1),
    UINT16("u2", 2),
    UINT32("u4", 4),
    UINT64("u8", 8),
    BOOL("b1", 1);

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** NumPy's name for it in the header of a file that is written. */
    public String descriptor() {
        return (bytes == 1 ? '|' : '<') + code;
    }

    /** NumPy's name for it in programs, such as {@code float16}. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The size of an element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are whole numbers (truth values are not). */
    public boolean isInteger() {
        return this != FLOAT16 && this != FLOAT32 && this != FLOAT64 && this != BOOL;
    }

    /**
     * An element as a whole number; this must be an integer or a truth value. A uint64 of 2^63 or more comes out negative.
     *
     * @param elements in the byte order of the buffer
     */
    long integer(ByteBuffer elements, int index) {
        return switch (this) {
            case INT64, UINT64 -> elements.getLong(8 * index);
            case INT32 -> elements.getInt(4 * index);
            case UINT32 -> elements.getInt(4 * index) & 0xffff_ffffL;
            case INT16 -> elements.getShort(2 * index);
            case UINT16 -> elements.getShort(2 * index) & 0xffffL;
            case INT8 -> elements.get(index);
            case UINT8, BOOL -> elements.get(index) & 0xffL;

            case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is not a type of whole numbers");
        };
    }

    /**
     * An element as a real number; whole numbers beyond 2^53 are rounded.
     *
     * @param elements in the byte order of the buffer
     */
    double real(ByteBuffer elements, int index) {
        return switch (this) {
            case FLOAT16 -> Float16.toFloat(elements.getShort(2 * index));
            case FLOAT32 -> elements.getFloat(4 * index);
            case FLOAT64 -> elements.getDouble(8 * index);
            case UINT64 -> unsigned(integer(elements, index));
            default -> integer(elements, index);
        };
    }

    private static double unsigned(long value) {
        // Halved, with the lowest bit kept for the rounding.
        return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }

    /** The type that a header calls by two characters behind the byte order. */
    static Optional<NpyType> ofCode(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }
}
