package io.github.linfhash.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of float32 or float16 that stand beside codes, little-endian. */
final class CorrectionTerms {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALVES =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private CorrectionTerms() {}

    static int bytes(boolean half) {
        return half ? Short.BYTES : Float.BYTES;
    }

    static float read(byte[] bytes, int at, boolean half) {
        return half ? Float16.toFloat((short) HALVES.get(bytes, at)) : (float) FLOATS.get(bytes, at);
    }

    static void write(float value, byte[] bytes, int at, boolean half) {
        if (half) {
            HALVES.set(bytes, at, Float16.of(value));
        } else {
            FLOATS.set(bytes, at, value);
        }
    }

    /** Says what is wrong with the numbers of a code, of which each has to be finite. */
    static String fault(byte[] bytes, int at, int count, boolean half) {
        for (int k = 0; k < count; k++) {
            float value = read(bytes, at + k * bytes(half), half);
            if (!Float.isFinite(value)) {
                return "the number " + value + " beside the code";
            }
        }
        return "";
    }
}
