package io.github.linfhash.core.method;

import io.github.linfhash.codes.NonFiniteException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One array of a {@link ModelState}: one or two dimensions, row-major, immutable, every value finite. */
public final class ModelArray {
    /** The type of the elements. */
    public enum Type {
        FLOAT32(Float.BYTES),
        FLOAT64(Double.BYTES),
        INT32(Integer.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    private final Type type;
    private final List<Integer> shape;
    private final Object values;

    private ModelArray(Type type, Object values, int length, int[] shape) {
        this.type = type;
        this.shape = Arrays.stream(shape).boxed().toList();
        this.values = values;
        long expected = 1;
        for (int size : shape) {
            expected = Math.multiplyExact(expected, size);
        }
        if (shape.length < 1 || shape.length > 2 || expected != length) {
            throw new IllegalArgumentException("an array of shape " + this.shape + " cannot have " + length
                    + " values, and has one or two dimensions");
        }
    }

    /**
     * Copies float32 values.
     *
     * @throws NonFiniteException if one is NaN or infinite
     */
    public static ModelArray floats(float[] values, int... shape) {
        for (float value : values) {
            requireFinite(value);
        }
        return new ModelArray(Type.FLOAT32, values.clone(), values.length, shape);
    }

    /**
     * Copies float64 values.
     *
     * @throws NonFiniteException if one is NaN or infinite
     */
    public static ModelArray doubles(double[] values, int... shape) {
        for (double value : values) {
            requireFinite(value);
        }
        return new ModelArray(Type.FLOAT64, values.clone(), values.length, shape);
    }

    /** Copies int32 values. */
    public static ModelArray ints(int[] values, int... shape) {
        return new ModelArray(Type.INT32, values.clone(), values.length, shape);
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new NonFiniteException("a model's values must be finite, and one of them is " + value);
        }
    }

    public Type type() {
        return type;
    }

    /** One or two sizes. */
    public List<Integer> shape() {
        return shape;
    }

    /** The bytes that its elements take. */
    public long bytes() {
        return shape.stream().mapToLong(size -> size).reduce(type.bytes, Math::multiplyExact);
    }

    /** The values of a float32 array, in a new array. */
    public float[] floats() {
        return ((float[]) values).clone();
    }

    /** The values of a float64 array, in a new array. */
    public double[] doubles() {
        return ((double[]) values).clone();
    }

    /** The values of an int32 array, in a new array. */
    public int[] ints() {
        return ((int[]) values).clone();
    }

    /** Equal to the last bit, so that 0 and -0 differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ModelArray that
                && type == that.type
                && shape.equals(that.shape)
                && Arrays.deepEquals(new Object[] {values}, new Object[] {that.values});
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new Object[] {type, shape, values});
    }

    /** Such as "float32 of shape [64, 384]". */
    @Override
    public String toString() {
        return describe(type, shape);
    }

    static String describe(Type type, List<Integer> shape) {
        return type.name().toLowerCase(Locale.ROOT) + " of shape " + shape;
    }
}
