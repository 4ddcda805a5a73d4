package io.github.linfhash.core.pairs;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A list of pairs of training images.
 *
 * <p>Immutable: it takes the arrays of its maker, who must not write to them again.
 */
public final class Pairs {
    private final int[] first;
    private final int[] second;
    private final boolean[] similar;

    /**
     * Takes the arrays.
     *
     * @param first the row of one end of each pair
     * @param second the row of the other end
     * @param similar whether the ends share a label
     */
    public Pairs(int[] first, int[] second, boolean[] similar) {
        this.first = first;
        this.second = second;
        this.similar = similar;
    }

    public int size() {
        return similar.length;
    }

    public int first(int pair) {
        return first[pair];
    }

    public int second(int pair) {
        return second[pair];
    }

    public boolean similar(int pair) {
        return similar[pair];
    }

    /** The same pairs in a random order. */
    public Pairs shuffled(UniformRandomProvider random) {
        int[] order = PermutationSampler.natural(size());
        PermutationSampler.shuffle(random, order);
        int[] a = new int[size()];
        int[] b = new int[size()];
        boolean[] same = new boolean[size()];
        for (int i = 0; i < order.length; i++) {
            a[i] = first[order[i]];
            b[i] = second[order[i]];
            same[i] = similar[order[i]];
        }
        return new Pairs(a, b, same);
    }

    /** Which rows of a feature matrix are copies of each other; immutable. */
    public static final class IdenticalRows {
        private final int[] original;

        private IdenticalRows(int[] original) {
            this.original = original;
        }

        /** Compares all rows by their values; NaN equals nothing, so that data with NaN fail for that reason. */
        public static IdenticalRows of(FeatureMatrix features) {
            Map<Row, Integer> firstSeen = new HashMap<>();
            int[] original = new int[features.rows()];
            for (int i = 0; i < original.length; i++) {
                Row row = Row.of(features, i);
                Integer earlier = row.hasNan() ? null : firstSeen.putIfAbsent(row, i);
                original[i] = earlier == null ? i : earlier;
            }
            return new IdenticalRows(original);
        }

        /** The first row that is identical to this one. */
        public int original(int row) {
            return original[row];
        }

        /** Whether two rows are copies of each other. */
        public boolean identical(int i, int j) {
            return original[i] == original[j];
        }

        /** A key of the bits of a row. The hash of a {@link java.nio.FloatBuffer} is that of whole numbers, which are all 0 below 1. */
        private static final class Row {
            private final float[] values;

            private Row(float[] values) {
                this.values = values;
            }

            static Row of(FeatureMatrix features, int row) {
                float[] values = new float[features.dimension()];
                features.copyRow(row, values);
                for (int j = 0; j < values.length; j++) {
                    values[j] += 0f; // makes one zero of the two
                }
                return new Row(values);
            }

            boolean hasNan() {
                for (float value : values) {
                    if (Float.isNaN(value)) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Row that && Arrays.equals(values, that.values);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(values);
            }
        }
    }
}
