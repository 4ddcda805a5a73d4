package io.github.linfhash.testing;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** Arrays whose values are a function of the index, of the types that have no streams. */
public final class Filled {
    private Filled() {}

    /** Returns the values of the function at 0 to length - 1 in this order. */
    public static float[] floats(int length, IntToDoubleFunction value) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return values;
    }

    /** Returns the lowest eight bits of the values of the function at 0 to length - 1 in this order. */
    public static byte[] bytes(int length, IntUnaryOperator value) {
        byte[] values = new byte[length];
        for (int i = 0; i < length; i++) {
            values[i] = (byte) value.applyAsInt(i);
        }
        return values;
    }
}
