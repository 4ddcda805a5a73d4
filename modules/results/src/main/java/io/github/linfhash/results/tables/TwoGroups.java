package io.github.linfhash.results.tables;

import java.util.Arrays;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.util.Combinations;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Runs that fall into two groups, as where some tuning runs of a method fail. A t interval of their mean holds in as few as 57% of cases, as it takes
 * the runs as normal; a test by ranks takes them as exchangeable only.
 */
final class TwoGroups {
    private static final int FEWEST = 4;

    /**
     * The share of the range that the largest gap between 4, 5, ... normal values exceeds in one of a hundred cases: 400,000 simulations
     * each. More than 10 values have that of 10, which they exceed more seldom.
     */
    private static final double[] LARGEST_GAP = {0.931, 0.842, 0.765, 0.700, 0.650, 0.610, 0.577};

    private static final int MOST_SPLITS = 200_000;

    private TwoGroups() {}

    /**
     * Whether values fall into two groups: the largest gap between neighbors takes more of the range than in 99% of normal samples, and
     * more than half of the value farthest from zero, so that one group is another result and not another rounding.
     *
     * @param values such as the mean of each tuning run; fewer than four fall into none
     */
    static boolean of(double... values) {
        if (values.length < FEWEST) {
            return false;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double range = sorted[sorted.length - 1] - sorted[0];
        double gap = 0;
        for (int i = 1; i < sorted.length; i++) {
            gap = Math.max(gap, sorted[i] - sorted[i - 1]);
        }
        double share = LARGEST_GAP[Math.min(sorted.length - FEWEST, LARGEST_GAP.length - 1)];
        return gap > share * range && gap > Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1])) / 2;
    }

    /**
     * The two-sided p of two samples having one distribution, by the sum of ranks (Wilcoxon 1945, Mann and Whitney 1947): the share of all ways to
     * split the values whose sum of ranks is as far from its mean; ties have their mean rank. Where there are more than {@value #MOST_SPLITS}
     * ways, it is that of the normal approximation.
     *
     * @throws IllegalArgumentException if a sample is empty
     */
    static double rankP(double[] first, double[] second) {
        if (first.length == 0 || second.length == 0) {
            throw new IllegalArgumentException("expected two samples with values, found an empty one");
        }
        int n = first.length + second.length;
        if (CombinatoricsUtils.binomialCoefficientDouble(n, first.length) > MOST_SPLITS) {
            return new MannWhitneyUTest().mannWhitneyUTest(first, second);
        }
        double[] all = Arrays.copyOf(first, n);
        System.arraycopy(second, 0, all, first.length, second.length);
        double[] ranks = new NaturalRanking().rank(all);
        double middle = first.length * (n + 1) / 2.0;
        double found = Math.abs(Arrays.stream(ranks, 0, first.length).sum() - middle);
        int splits = 0;
        int asFar = 0;
        for (int[] split : new Combinations(n, first.length)) {
            splits++;
            double sum = Arrays.stream(split).mapToDouble(i -> ranks[i]).sum();
            // Sums are multiples of a half.
            if (Math.abs(sum - middle) > found - 0.25) {
                asFar++;
            }
        }
        return (double) asFar / splits;
    }
}
