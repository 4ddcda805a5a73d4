package io.github.linfhash.encoders.training;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

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

    /** Those that share a class or label. */
    static SimilarRows of(Labels labels) {
        return labels instanceof ClassLabels classes
                ? new SameClass(classes.toArray())
                : (i, j) -> labels.similar(i, labels, j);
    }

    /**
     * Those of which one is among the k nearest of the other by Euclidean distance; of rows that are equally far, the one of the smaller
     * number is nearer.
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

    /** Those of one class, by a loop over numbers: a call for each pair took a tenth of a training's time. */
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
