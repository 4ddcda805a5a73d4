package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.quantizers.Quantizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * The share of the k nearest float neighbors that is among the best L = k x oversampling by code, for each query; a fraction, in
 * expectation over all orders of equal distances.
 *
 * <p>A neighbor that a codes have less distance than, and e - 1 others the same, is among the best L with probability
 * min(1, max(0, (L - a) / e)).
 *
 * <p><b>Ties.</b> A vector as near as the k-th neighbor is as good as it. If c of the k are as near as the last, and further vectors are so too,
 * at most c of all these count: those among the best L, whose number follows a hypergeometric distribution where equal distances by code lie
 * across L.
 */
public final class NeighborRecall {
    /** So many groups of rows are left out, one after another: consecutive rows, of which there are equally many. */
    public static final int GROUPS = 10;

    private final List<Integer> oversamplings;

    /** Takes what was measured without a group. */
    @FunctionalInterface
    interface Without {
        void put(int oversampling, int group, double recall);
    }

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

    /** Measures so many codes by their estimates. */
    public double[][] of(FloatNeighbors truth, int codes, Quantizer.Estimates estimates) {
        double[][] recall = new double[oversamplings.size()][truth.queries()];
        estimates.forEach(codes, (query, distances) -> {
            double[] ofQuery = of(truth, query, distances);
            for (int o = 0; o < ofQuery.length; o++) {
                recall[o][query] = ofQuery[o];
            }
        });
        return recall;
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

    /** The recall of a query at each oversampling, from its distances to all codes; vectors as near as its last neighbor count like it. */
    public double[] of(FloatNeighbors truth, int query, float[] distances) {
        BitSet ties = truth.ties(query).orElse(null);
        int[] nearest = truth.ids(query);
        if (ties == null) {
            return of(nearest, distances);
        }
        int k = nearest.length;
        int places = truth.asNearAsLast(query);
        int[] asLast = IntStream.concat(Arrays.stream(nearest, k - places, k), ties.stream())
                .toArray();
        float[] sorted = distances.clone();
        Arrays.sort(sorted);
        double[] recall = new double[oversamplings.size()];
        for (int o = 0; o < recall.length; o++) {
            int chosen = (int) Math.min(sorted.length, (long) oversamplings.get(o) * k);
            float furthest = sorted[chosen - 1];
            int equal = 0;
            int left = 0;
            for (int i = chosen - 1; i >= 0 && sorted[i] == furthest; i--) {
                equal++;
                left++;
            }
            for (int i = chosen; i < sorted.length && sorted[i] == furthest; i++) {
                equal++;
            }
            double found = 0;
            for (int r = 0; r < k - places; r++) {
                float distance = distances[nearest[r]];
                found += distance < furthest ? 1 : distance == furthest ? (double) left / equal : 0;
            }
            int sure = 0;
            int across = 0;
            for (int id : asLast) {
                sure += distances[id] < furthest ? 1 : 0;
                across += distances[id] == furthest ? 1 : 0;
            }
            recall[o] = (found + Math.min(sure, places) + expected(equal, across, left, places - sure)) / k;
        }
        return recall;
    }

    /** The expected number of some rows among those that are drawn of all, of which no more than {@code most} count. */
    private static double expected(int all, int some, int drawn, int most) {
        if (most <= 0 || some == 0) {
            return 0;
        }
        if (Math.min(some, drawn) <= most) {
            return some * (double) drawn / all;
        }
        HypergeometricDistribution number = new HypergeometricDistribution(null, all, some, drawn);
        // The mean of min(X, m) is the sum of P(X >= i) over i from 1 to m.
        return IntStream.rangeClosed(1, most)
                .mapToDouble(number::upperCumulativeProbability)
                .sum();
    }

    /**
     * Measures the recall of the k nearest of a query where each of {@value #GROUPS} groups of rows is left out of the database. Rows that are
     * equally near to the query are told apart here, as recalls are only compared with one another.
     *
     * @param k how many neighbors are looked for
     * @param neighbors more than k rows, nearest first
     * @param distances to all codes
     */
    void leavingOut(int k, int[] neighbors, float[] distances, Without values) {
        float[] ofNeighbors = new float[neighbors.length];
        for (int r = 0; r < ofNeighbors.length; r++) {
            ofNeighbors[r] = distances[neighbors[r]];
        }
        NearerCodes all = new NearerCodes(neighbors.length, ofNeighbors);
        NearerCodes[] ofGroups = new NearerCodes[GROUPS];
        for (int g = 0; g < GROUPS; g++) {
            ofGroups[g] = new NearerCodes(neighbors.length, ofNeighbors);
            ofGroups[g].count(
                    0, Arrays.copyOfRange(distances, start(g, distances.length), start(g + 1, distances.length)));
            all.add(ofGroups[g].toNearer(), ofGroups[g].toEqual());
        }
        for (int g = 0; g < GROUPS; g++) {
            int from = start(g, distances.length);
            int to = start(g + 1, distances.length);
            NearerCodes without = ofGroups[g];
            int[] left = IntStream.range(0, neighbors.length)
                    .filter(r -> neighbors[r] < from || neighbors[r] >= to)
                    .limit(k)
                    .toArray();
            for (int o = 0; o < oversamplings.size(); o++) {
                double chosen = (double) oversamplings.get(o) * k;
                double found = 0;
                for (int r : left) {
                    long nearer = all.nearer(0, r) - without.nearer(0, r);
                    long equal = all.equal(0, r) - without.equal(0, r);
                    found += Math.min(1, Math.max(0, (chosen - nearer) / equal));
                }
                values.put(o, g, left.length == 0 ? 0 : found / left.length);
            }
        }
    }

    private static int start(int group, int rows) {
        return (int) ((long) group * rows / GROUPS);
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
