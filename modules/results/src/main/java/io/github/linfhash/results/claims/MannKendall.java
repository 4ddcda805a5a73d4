package io.github.linfhash.results.claims;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The trend test of Mann (Econometrica 13, 1945) and Kendall: how many pairs of values rise and how many fall.
 *
 * @param tau the rising pairs less the falling ones, as a share of all pairs, from -1 to 1
 * @param p two-sided, by the normal approximation with correction for ties and for continuity
 */
record MannKendall(double tau, double p) {
    /** Below this many values the normal approximation is too rough. */
    static final int FEWEST = 8;

    /** The test of at least {@value #FEWEST} values in the order of time. */
    static MannKendall of(double[] values) {
        int n = values.length;
        if (n < FEWEST) {
            throw new IllegalArgumentException("a trend needs " + FEWEST + " values, not " + n);
        }
        int s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                s += Double.compare(values[j], values[i]) > 0 ? 1 : values[j] == values[i] ? 0 : -1;
            }
        }
        double variance = (weight(n) - ties(values)) / 18;
        double z = variance == 0 ? 0 : (s - Math.signum((double) s)) / Math.sqrt(variance);
        double p = Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(z)));
        return new MannKendall(2.0 * s / ((double) n * (n - 1)), p);
    }

    private static double ties(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int from = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[from]) {
                sum += weight(i - from);
                from = i;
            }
        }
        return sum;
    }

    private static double weight(int t) {
        return (double) t * (t - 1) * (2L * t + 5);
    }
}
