package io.github.linfhash.io.npy;

import io.github.linfhash.core.errors.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable array of one or two dimensions in row-major (C) order.
 *
 * <p>An array of one dimension counts as n rows of one column.
 */
public final class NpyArray {
    private final NpyType type;
    private final List<Integer> shape;
    private final byte[] content;
    private final ByteBuffer elements;

    private NpyArray(NpyType type, List<Integer> shape, byte[] content) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.content = content;
        this.elements = little(content);
    }

    /**
     * Wraps the elements' bytes without copying them; the caller gives the array away and must not write to it again.
     *
     * @param shape one or two sizes
     * @param content the elements, row-major, little-endian
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static NpyArray owning(NpyType type, List<Integer> shape, byte[] content) {
        long expected = type.bytes();
        for (int size : shape) {
            expected = Math.multiplyExact(expected, size);
        }
        if (shape.isEmpty() || shape.size() > 2 || expected != content.length) {
            throw new IllegalArgumentException(
                    "an array of shape " + shape + " and type " + type + " cannot have " + content.length + " bytes");
        }
        return new NpyArray(type, shape, content);
    }

    /**
     * Copies float32 values.
     *
     * @param shape one or two sizes
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static NpyArray ofFloats(float[] values, int... shape) {
        byte[] content = new byte[Math.multiplyExact(Float.BYTES, values.length)];
        little(content).asFloatBuffer().put(values);
        return owning(NpyType.FLOAT32, Arrays.stream(shape).boxed().toList(), content);
    }

    /** Copies float64 values, in one dimension. */
    public static NpyArray ofDoubles(double... values) {
        byte[] content = new byte[Math.multiplyExact(Double.BYTES, values.length)];
        little(content).asDoubleBuffer().put(values);
        return owning(NpyType.FLOAT64, List.of(values.length), content);
    }

    /** Copies int32 values, in one dimension. */
    public static NpyArray ofInts(int... values) {
        byte[] content = new byte[Math.multiplyExact(Integer.BYTES, values.length)];
        little(content).asIntBuffer().put(values);
        return owning(NpyType.INT32, List.of(values.length), content);
    }

    /** Copies int64 values, in one dimension. */
    public static NpyArray ofLongs(long... values) {
        byte[] content = new byte[Math.multiplyExact(Long.BYTES, values.length)];
        little(content).asLongBuffer().put(values);
        return owning(NpyType.INT64, List.of(values.length), content);
    }

    private static ByteBuffer little(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    public NpyType type() {
        return type;
    }

    /** One or two sizes. */
    public List<Integer> shape() {
        return shape;
    }

    public int dimensions() {
        return shape.size();
    }

    public int rows() {
        return shape.get(0);
    }

    public int columns() {
        return shape.size() == 1 ? 1 : shape.get(1);
    }

    /** Whether there are two dimensions, with at least one row and one column. */
    boolean isMatrix() {
        return dimensions() == 2 && rows() > 0 && columns() > 0;
    }

    /** The number of elements. */
    public int elements() {
        return content.length / type.bytes();
    }

    /** An element as a whole number; its type must be an integer or a truth value. */
    public long integer(int index) {
        return type.integer(elements, index);
    }

    /** An element as a real number; int64 beyond 2^53 is rounded. */
    public double real(int index) {
        return type.real(elements, index);
    }

    /** Whether every element is exactly 0 or 1. */
    public boolean isZeroOne() {
        for (int i = 0; i < elements(); i++) {
            double value = real(i);
            if (value != 0 && value != 1) {
                return false;
            }
        }
        return true;
    }

    /** All elements as float32, in a new array; float64 is rounded. */
    public float[] toFloats() {
        float[] floats = new float[elements()];
        if (type == NpyType.FLOAT32) {
            elements.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
            return floats;
        }
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) real(i);
        }
        return floats;
    }

    /** The elements' bytes as they are in a file, in a new array. */
    public byte[] toBytes() {
        return content.clone();
    }

    /** Writes the elements' bytes as they are in a file. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    /** An input error about this array. */
    InputException wrong(String file, String expected) {
        return new NpyHeader(type, shape).wrong(file, expected);
    }
}
