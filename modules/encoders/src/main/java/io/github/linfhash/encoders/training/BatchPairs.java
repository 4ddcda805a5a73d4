package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

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

    /** Returns the weight of the pair at an index of the matrices in the mean over dissimilar pairs; 0 if it is none. */
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

    /** Which training images are similar. */
    @FunctionalInterface
    interface SimilarRows {
        /** Whether two different rows are similar, in either order. */
        boolean similar(int i, int j);

        /**
         * Marks the rows of a batch that are similar to one of them; what is said of that one itself means nothing.
         *
         * @param batch row numbers, B of them
         * @param target B values from {@code from} on become 1 where a row is similar, else 0
         * @return how many are
         */
        default int mark(int row, int[] batch, float[] target, int from) {
            int marked = 0;
            for (int j = 0; j < batch.length; j++) {
                int similar = similar(row, batch[j]) ? 1 : 0;
                target[from + j] = similar;
                marked += similar;
            }
            return marked;
        }

        /** Returns the relation of rows that share a class or label. */
        static SimilarRows of(Labels labels) {
            return labels instanceof ClassLabels classes
                    ? new SameClass(classes.toArray())
                    : (i, j) -> labels.similar(i, labels, j);
        }

        /**
         * Returns the relation of rows of which one is among the k nearest of the other by Euclidean distance; of rows that are equally far, the one
         * of the smaller number is nearer.
         *
         * @param features n x d, n greater than k
         */
        static SimilarRows nearest(FeatureMatrix features, int k) {
            int n = features.rows();
            BitSet[] near = new BitSet[n];
            Arrays.setAll(near, row -> new BitSet(n));
            float[] byColumn = columns(features);
            for (int i = 0; i < n; i++) {
                double[] distances = squaredDistances(features, byColumn, i);
                distances[i] = Double.POSITIVE_INFINITY;
                for (int j : smallest(distances, k)) {
                    near[i].set(j);
                    near[j].set(i);
                }
            }
            return (i, j) -> near[i].get(j);
        }

        /** The relation of rows of one class, by a loop over numbers: a call for each pair took a tenth of a training's time. */
        @SuppressWarnings("ArrayRecordComponent")
        record SameClass(int[] classes) implements SimilarRows {
            @Override
            public boolean similar(int i, int j) {
                return classes[i] == classes[j];
            }

            @Override
            public int mark(int row, int[] batch, float[] target, int from) {
                int wanted = classes[row];
                int marked = 0;
                for (int j = 0; j < batch.length; j++) {
                    int difference = classes[batch[j]] ^ wanted;
                    // The sign of x | -x is 0 for x = 0 alone.
                    int similar = 1 - ((difference | -difference) >>> 31);
                    target[from + j] = similar;
                    marked += similar;
                }
                return marked;
            }
        }

        private static float[] columns(FeatureMatrix features) {
            int n = features.rows();
            float[] values = new float[Math.multiplyExact(n, features.dimension())];
            for (int i = 0; i < values.length; i++) {
                values[i] = features.get(i % n, i / n);
            }
            return values;
        }

        /** To all rows, in float64: column by column, so that the loop over rows has no sum to wait for. */
        private static double[] squaredDistances(FeatureMatrix features, float[] byColumn, int row) {
            int n = features.rows();
            double[] distances = new double[n];
            for (int c = 0; c < features.dimension(); c++) {
                float value = features.get(row, c);
                int from = c * n;
                for (int j = 0; j < n; j++) {
                    double less = (double) byColumn[from + j] - value;
                    distances[j] += less * less;
                }
            }
            return distances;
        }

        private static int[] smallest(double[] values, int k) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double last = sorted[k - 1];
            return IntStream.range(0, values.length)
                    .filter(j -> values[j] <= last)
                    .boxed()
                    .sorted(Comparator.comparingDouble(j -> values[j]))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }
}
