package io.github.linfhash.core.evaluation;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Metrics of the ranking by Hamming distance, in closed form from the histograms.
 *
 * <p>A ranking by one of N + 1 distances is full of ties. The tie-aware value is the expectation over all orders within
 * the ties (McSherry and Najork, ECIR 2008; He, Cakir, Bargal and Sclaroff, CVPR 2018); the optimistic and the
 * pessimistic value put the relevant codes of each tie first and last. A query with nothing relevant counts with 0.
 */
public final class RankMetrics {
    private final DistanceHistograms histograms;
    private final double[] harmonic;

    /** @throws IllegalArgumentException if there is no query */
    public RankMetrics(DistanceHistograms histograms) {
        if (histograms.queries() == 0) {
            throw new IllegalArgumentException("a ranking needs at least one query");
        }
        this.histograms = histograms;
        harmonic = new double[histograms.databaseSize() + 1];
        for (int n = 1; n < harmonic.length; n++) {
            harmonic[n] = harmonic[n - 1] + 1.0 / n;
        }
    }

    /** Mean average precision over the whole ranking, in expectation over the ties; 0..1. */
    public double map() {
        return mean(q -> averagePrecision(q, this::expectedSum));
    }

    /** Mean average precision if every tie were broken in favour of the relevant codes. */
    public double mapOptimistic() {
        return mean(q -> averagePrecision(q, this::optimisticSum));
    }

    /** Mean average precision if every tie were broken against the relevant codes. */
    public double mapPessimistic() {
        return mean(q -> averagePrecision(q, this::pessimisticSum));
    }

    /**
     * Mean share of relevant codes among the first k, in expectation over the ties.
     *
     * @throws IllegalArgumentException if k is not within 1..database size
     */
    public double precisionAt(int k) {
        if (k < 1 || k >= harmonic.length) {
            throw new IllegalArgumentException("precision@" + k + " needs a k from 1 to " + (harmonic.length - 1));
        }
        return mean(q -> precisionAt(q, k));
    }

    /** Average precision of one query, in expectation over the ties. */
    public double averagePrecision(int query) {
        return averagePrecision(query, this::expectedSum);
    }

    private double mean(IntToDoubleFunction perQuery) {
        double[] values = IntStream.range(0, histograms.queries())
                .parallel()
                .mapToDouble(perQuery)
                .toArray();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private double precisionAt(int query, int k) {
        int before = 0;
        double hits = 0;
        for (int d = 0; before < k; d++) {
            int all = histograms.all(query, d);
            int taken = Math.min(all, k - before);
            if (taken > 0) {
                hits += (double) taken * histograms.relevant(query, d) / all;
            }
            before += taken;
        }
        return hits / k;
    }

    /** The sum of precision over the relevant ranks of one tie. */
    @FunctionalInterface
    private interface TieSum {
        /**
         * @param before codes ranked before the tie
         * @param relevantBefore relevant codes ranked before the tie
         * @param size codes in the tie, at least 1
         * @param relevant relevant codes in the tie, at least 1
         */
        double of(int before, int relevantBefore, int size, int relevant);
    }

    private double averagePrecision(int query, TieSum tieSum) {
        int before = 0;
        int relevantBefore = 0;
        double sum = 0;
        for (int d = 0; d <= histograms.bits(); d++) {
            int size = histograms.all(query, d);
            int relevant = histograms.relevant(query, d);
            if (relevant > 0) {
                sum += tieSum.of(before, relevantBefore, size, relevant);
            }
            before += size;
            relevantBefore += relevant;
        }
        return relevantBefore == 0 ? 0 : sum / relevantBefore;
    }

    private double expectedSum(int before, int relevantBefore, int size, int relevant) {
        double slope = size == 1 ? 0 : (relevant - 1.0) / (size - 1.0);
        double offset = relevantBefore + 1 - slope * (before + 1.0);
        return (double) relevant / size * (slope * size + offset * (harmonic[before + size] - harmonic[before]));
    }

    // Rank before + j holds relevant number relevantBefore + j: precision 1 + (relevantBefore - before) / rank.
    private double optimisticSum(int before, int relevantBefore, int size, int relevant) {
        return relevant + ((double) relevantBefore - before) * (harmonic[before + relevant] - harmonic[before]);
    }

    private double pessimisticSum(int before, int relevantBefore, int size, int relevant) {
        return optimisticSum(before + size - relevant, relevantBefore, relevant, relevant);
    }
}
