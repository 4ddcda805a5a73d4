package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which pairs of a batch are similar, and which dissimilar, as B x B matrices of 0 and 1. An image and itself, or an equal
 * one, are neither: such a pair teaches nothing, for its codes are the same whatever is learned.
 */
final class BatchPairs {
    private final Labels labels;
    private final int[] first;
    private final float[] similar;
    private final float[] dissimilar;
    private long similarPairs;
    private long dissimilarPairs;

    /**
     * Buffers for batches of one size.
     *
     * @param features of all training images
     * @param labels of all training images
     * @param images B
     */
    BatchPairs(FeatureMatrix features, Labels labels, int images) {
        this.labels = labels;
        this.first = firstEqual(features);
        this.similar = new float[images * images];
        this.dissimilar = new float[images * images];
    }

    /** For each row, the first one that equals it. */
    private static int[] firstEqual(FeatureMatrix features) {
        Map<FloatBuffer, Integer> seen = new HashMap<>();
        int[] first = new int[features.rows()];
        for (int row = 0; row < first.length; row++) {
            float[] values = new float[features.dimension()];
            features.copyRows(row, 1, values, 0);
            Integer earlier = seen.putIfAbsent(FloatBuffer.wrap(values), row);
            first[row] = Objects.requireNonNullElse(earlier, row);
        }
        return first;
    }

    /** Looks at the pairs of a batch. */
    void look(int[] batch) {
        Arrays.fill(similar, 0);
        Arrays.fill(dissimilar, 0);
        similarPairs = 0;
        dissimilarPairs = 0;
        int[] classes = labels instanceof ClassLabels known ? classesOf(known, batch) : new int[0];
        for (int i = 1; i < batch.length; i++) {
            for (int j = 0; j < i; j++) {
                if (first[batch[i]] != first[batch[j]]) {
                    boolean same =
                            classes.length > 0 ? classes[i] == classes[j] : labels.similar(batch[i], labels, batch[j]);
                    mark(same ? similar : dissimilar, i, j, batch.length);
                    similarPairs += same ? 1 : 0;
                    dissimilarPairs += same ? 0 : 1;
                }
            }
        }
    }

    private static int[] classesOf(ClassLabels labels, int[] batch) {
        return Arrays.stream(batch).map(labels::get).toArray();
    }

    private static void mark(float[] matrix, int i, int j, int images) {
        matrix[i * images + j] = 1;
        matrix[j * images + i] = 1;
    }

    float[] similar() {
        return similar;
    }

    float[] dissimilar() {
        return dissimilar;
    }

    /** The number of similar pairs, each counted once. */
    long similarPairs() {
        return similarPairs;
    }

    long dissimilarPairs() {
        return dissimilarPairs;
    }
}
