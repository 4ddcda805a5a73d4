package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;

/**
 * Which pairs of a batch are similar, and which dissimilar, as B x B matrices of 0 and 1. An image and itself, or an equal
 * one, are neither: such a pair teaches nothing, for its codes are the same whatever is learned.
 */
final class BatchPairs {
    private final SimilarRows rows;
    private final IdenticalRows copies;
    private final float[] similar;
    private final float[] dissimilar;
    private final int images;
    private final int[] original;
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
        this.images = images;
        this.original = new int[images];
        this.similar = new float[images * images];
        this.dissimilar = new float[images * images];
    }

    /** Looks at the pairs of a batch. */
    void look(int[] batch) {
        long marked = 0;
        for (int i = 0; i < images; i++) {
            marked += rows.mark(batch[i], batch, similar, i * images);
        }
        for (int i = 0; i < similar.length; i++) {
            dissimilar[i] = 1 - similar[i];
        }
        similarPairs = marked;
        dissimilarPairs = similar.length - marked;
        for (int i = 0; i < images; i++) {
            original[i] = copies.original(batch[i]);
        }
        for (int i = 0; i < images; i++) {
            for (int j = 0; j < images; j++) {
                if (original[i] == original[j]) {
                    remove(i * images + j);
                }
            }
        }
        // Each was met from both of its ends.
        similarPairs /= 2;
        dissimilarPairs /= 2;
    }

    private void remove(int pair) {
        similarPairs -= similar[pair] == 1 ? 1 : 0;
        dissimilarPairs -= dissimilar[pair] == 1 ? 1 : 0;
        similar[pair] = 0;
        dissimilar[pair] = 0;
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
