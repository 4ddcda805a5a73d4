package io.github.linfhash.core.pairs;

import io.github.linfhash.core.features.FeatureMatrix;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Which rows of a feature matrix are copies of each other; immutable. */
public final class IdenticalRows {
    private final int[] original;

    private IdenticalRows(int[] original) {
        this.original = original;
    }

    /** Compares all rows by their values; NaN equals nothing, so that data with NaN fail for that reason. */
    public static IdenticalRows of(FeatureMatrix features) {
        Map<FloatBuffer, Integer> firstSeen = new HashMap<>();
        int[] original = new int[features.rows()];
        for (int i = 0; i < original.length; i++) {
            float[] row = new float[features.dimension()];
            features.copyRow(i, row);
            Integer earlier = hasNan(row) ? null : firstSeen.putIfAbsent(FloatBuffer.wrap(row), i);
            original[i] = earlier == null ? i : earlier;
        }
        return new IdenticalRows(original);
    }

    private static boolean hasNan(float[] row) {
        for (float value : row) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /** The first row that is identical to this one. */
    public int original(int row) {
        return original[row];
    }

    /** Whether two rows are copies of each other. */
    public boolean identical(int i, int j) {
        return original[i] == original[j];
    }
}
