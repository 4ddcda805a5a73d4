package io.github.linfhash.baselines.pairs;

import io.github.linfhash.core.features.FeatureMatrix;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Which rows of a feature matrix are copies of each other; immutable. */
final class IdenticalRows {
    private final int[] original;

    private IdenticalRows(int[] original) {
        this.original = original;
    }

    static IdenticalRows of(FeatureMatrix features) {
        Map<FloatBuffer, Integer> firstSeen = new HashMap<>();
        int[] original = new int[features.rows()];
        for (int i = 0; i < original.length; i++) {
            float[] row = new float[features.dimension()];
            features.copyRow(i, row);
            Integer earlier = firstSeen.putIfAbsent(FloatBuffer.wrap(row), i);
            original[i] = earlier == null ? i : earlier;
        }
        return new IdenticalRows(original);
    }

    /** The first row that is identical to this one. */
    int original(int row) {
        return original[row];
    }

    boolean identical(int i, int j) {
        return original[i] == original[j];
    }
}
