package io.github.linfhash.core.pairs;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    /** Returns these pairs in a random order. */
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
            Map<Long, List<Integer>> byHash = new HashMap<>();
            int[] original = new int[features.rows()];
            for (int i = 0; i < original.length; i++) {
                List<Integer> alike = byHash.computeIfAbsent(features.hash(i), hash -> new ArrayList<>(1));
                int row = i;
                original[i] = alike.stream()
                        .filter(other -> equal(features, row, other))
                        .findFirst()
                        .orElse(i);
                // A row with NaN does not equal itself, and no later row is compared with it.
                if (original[i] == i && equal(features, i, i)) {
                    alike.add(i);
                }
            }
            return new IdenticalRows(original);
        }

        private static boolean equal(FeatureMatrix features, int row, int other) {
            for (int j = 0; j < features.dimension(); j++) {
                if (features.get(row, j) != features.get(other, j)) {
                    return false;
                }
            }
            return true;
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
}
