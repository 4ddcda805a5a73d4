package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.IdenticalRows;
import java.util.Arrays;

/**
 * Which pairs of a batch are similar, and which dissimilar, as B x B matrices of 0 and 1. An image and itself, or an equal
 * one, are neither: such a pair teaches nothing, for its codes are the same whatever is learned.
 */
final class BatchPairs {
    private final SimilarRows rows;
    private final IdenticalRows copies;
    private final float[] similar;
    private final float[] dissimilar;
    private long similarPairs;
    private long dissimilarPairs;

    /**
     * Buffers for batches of one size.
     *
     * @param features of all training images
     * @param rows which training images are similar
     * @param images B
     */
    BatchPairs(FeatureMatrix features, SimilarRows rows, int images) {
        this.rows = rows;
        this.copies = IdenticalRows.of(features);
        this.similar = new float[images * images];
        this.dissimilar = new float[images * images];
    }

    /** Looks at the pairs of a batch. */
    void look(int[] batch) {
        Arrays.fill(similar, 0);
        Arrays.fill(dissimilar, 0);
        similarPairs = 0;
        dissimilarPairs = 0;
        for (int i = 1; i < batch.length; i++) {
            for (int j = 0; j < i; j++) {
                if (!copies.identical(batch[i], batch[j])) {
                    boolean same = rows.similar(batch[i], batch[j]);
                    mark(same ? similar : dissimilar, i, j, batch.length);
                    similarPairs += same ? 1 : 0;
                    dissimilarPairs += same ? 0 : 1;
                }
            }
        }
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

    /** The weight of the pair at an index of the matrices in the mean over similar pairs; 0 if it is none. */
    float similarWeight(int at) {
        return similar[at] == 0 ? 0 : 1f / similarPairs;
    }

    /** The same in the mean over dissimilar pairs. */
    float dissimilarWeight(int at) {
        return dissimilar[at] == 0 ? 0 : 1f / dissimilarPairs;
    }

    /** The number of similar pairs, each counted once. */
    long similarPairs() {
        return similarPairs;
    }

    long dissimilarPairs() {
        return dissimilarPairs;
    }
}
