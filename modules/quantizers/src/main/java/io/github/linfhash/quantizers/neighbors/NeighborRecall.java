package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.quantizers.Quantizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share of the k nearest float neighbors that is among the best k x oversampling by code, for each query; a fraction, in
 * expectation over all orders of equal distances.
 *
 * <p>A neighbor that a codes have less distance than, and e - 1 others the same, is among the best L with probability
 * min(1, max(0, (L - a) / e)).
 */
public final class NeighborRecall {
    private final List<Integer> oversamplings;

    /** For these factors, each at least 1. */
    public NeighborRecall(List<Integer> oversamplings) {
        this.oversamplings = List.copyOf(oversamplings);
        if (oversamplings.stream().anyMatch(factor -> factor < 1)) {
            throw new IllegalArgumentException("an oversampling is at least 1, not one of " + oversamplings);
        }
    }

    /** How many oversamplings there are. */
    int count() {
        return oversamplings.size();
    }

    /**
     * Measures.
     *
     * @return for each oversampling, in the given order, a value for each query
     */
    public double[][] of(FloatNeighbors truth, Quantizer.Encoded codes, Quantizer.Estimates estimates) {
        return of(truth, codes.size(), estimates);
    }

    /** The same of so many codes. */
    public double[][] of(FloatNeighbors truth, int codes, Quantizer.Estimates estimates) {
        double[][] recall = new double[oversamplings.size()][truth.queries()];
        IntStream.range(0, truth.queries()).parallel().forEach(query -> {
            float[] distances = distances(estimates.of(query), codes);
            double[] ofQuery = of(truth.ids(query), distances);
            for (int o = 0; o < ofQuery.length; o++) {
                recall[o][query] = ofQuery[o];
            }
        });
        return recall;
    }

    /** The distances of a query to all of so many codes. */
    public static float[] distances(Quantizer.OfQuery query, int size) {
        float[] distances = new float[size];
        for (int i = 0; i < size; i++) {
            distances[i] = query.to(i);
        }
        return distances;
    }

    /** The recall of one query at each oversampling, from its neighbors and its distances to all codes. */
    public double[] of(int[] neighbors, float[] distances) {
        float[] ofNeighbors = new float[neighbors.length];
        for (int r = 0; r < ofNeighbors.length; r++) {
            ofNeighbors[r] = distances[neighbors[r]];
        }
        NearerCodes counts = new NearerCodes(neighbors.length, ofNeighbors);
        counts.count(0, distances);
        return of(counts, 0);
    }

    /** The recall of a query at each oversampling, from counts over all codes of the database. */
    public double[] of(NearerCodes counts, int query) {
        int k = counts.perQuery();
        double[] recall = new double[oversamplings.size()];
        for (int o = 0; o < recall.length; o++) {
            long chosen = (long) oversamplings.get(o) * k;
            for (int r = 0; r < k; r++) {
                recall[o] +=
                        Math.min(1, Math.max(0, (double) (chosen - counts.nearer(query, r)) / counts.equal(query, r)));
            }
            // Ten tenths would be more or less than 1.
            recall[o] /= k;
        }
        return recall;
    }
}
