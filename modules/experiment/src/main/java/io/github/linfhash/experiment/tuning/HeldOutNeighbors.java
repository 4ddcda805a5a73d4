package io.github.linfhash.experiment.tuning;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.hashing.HashingQuantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The nearest vectors of each held-out row among the other held-out rows, by the distance of the protocol, and how many of them codes
 * keep.
 */
final class HeldOutNeighbors {
    private static final NeighborRecall WITHOUT_OVERSAMPLING = new NeighborRecall(List.of(1));

    private final int[][] nearest;

    private HeldOutNeighbors(int[][] nearest) {
        this.nearest = nearest;
    }

    /**
     * Finds them exactly.
     *
     * @param vectors of the held-out rows, as {@link Similarity#prepare} gives them
     * @param k how many of each
     * @throws InputException if there are not more than k rows
     */
    static HeldOutNeighbors of(FeatureMatrix vectors, Similarity similarity, int k) {
        if (vectors.rows() <= k) {
            throw new InputException("expected in each fold more rows than the " + k + " neighbors of each, found "
                    + vectors.rows() + "; take fewer folds");
        }
        FloatNeighbors found = FloatNeighbors.find(vectors, vectors, k + 1, similarity);
        return new HeldOutNeighbors(IntStream.range(0, vectors.rows())
                // A row that is not among its own nearest, as others are equal to it, leaves one too many.
                .mapToObj(row -> IntStream.of(found.ids(row))
                        .filter(id -> id != row)
                        .limit(k)
                        .toArray())
                .toArray(int[][]::new));
    }

    /** The nearest of a row, nearest first. */
    int[] of(int row) {
        return nearest[row].clone();
    }

    /**
     * The share of each row's nearest among as many best ones by Hamming distance, itself left out, as a mean over rows; as runs of
     * hashing methods measure it.
     */
    double recall(BinaryCodes codes) {
        Quantizer.Estimates estimates = HashingQuantizer.estimates(codes, codes);
        double[] recalls = IntStream.range(0, nearest.length)
                .parallel()
                .mapToDouble(row -> {
                    float[] distances = NeighborRecall.distances(estimates.of(row), codes.size());
                    distances[row] = Float.POSITIVE_INFINITY;
                    return WITHOUT_OVERSAMPLING.of(nearest[row], distances)[0];
                })
                .toArray();
        // In the order of rows, so that the sum has the same bits for any number of threads.
        return Arrays.stream(recalls).average().orElseThrow();
    }
}
