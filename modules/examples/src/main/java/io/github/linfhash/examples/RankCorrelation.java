package io.github.linfhash.examples;

import java.util.Arrays;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * Spearman's rank correlation of a few pairs, with its exact test.
 *
 * @param rho from -1 to 1; equal values share the mean of their ranks; NaN if all values of one kind are equal
 * @param p two-sided: the share of all orders of one kind of values with a correlation as far from 0; 1 if there is none
 */
record RankCorrelation(double rho, double p) {
    /** The most pairs: ten have 3,628,800 orders, all of which are tried. */
    static final int MOST = 10;

    private static final double ROUNDING = 1e-9;

    /**
     * The correlation of pairs.
     *
     * @param one finite values
     * @param other as many
     * @throws IllegalArgumentException if they are not as many, fewer than 3 or more than {@value #MOST}
     */
    static RankCorrelation of(double[] one, double[] other) {
        if (one.length != other.length || one.length < 3 || one.length > MOST) {
            throw new IllegalArgumentException(
                    "expected 3 to " + MOST + " pairs, found " + one.length + " and " + other.length + " values");
        }
        double[] first = ranks(one);
        double[] second = ranks(other);
        double lengths = Math.sqrt(product(first, first) * product(second, second));
        if (lengths == 0) {
            return new RankCorrelation(Double.NaN, 1);
        }
        double measured = product(first, second);
        long orders = 1;
        for (int n = 2; n <= first.length; n++) {
            orders *= n;
        }
        long asFar = asFar(first, second, 0, Math.abs(measured) - ROUNDING);
        return new RankCorrelation(measured / lengths, (double) asFar / orders);
    }

    /** Ranks about their mean, of which correlation needs only the sum of products. */
    private static double[] ranks(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a correlation needs finite values, not " + value);
            }
        }
        double mean = (values.length + 1) / 2.0;
        return Arrays.stream(new NaturalRanking().rank(values))
                .map(rank -> rank - mean)
                .toArray();
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Of the orders of the values from a place on, how many have a product at least so far from 0. */
    private static long asFar(double[] fixed, double[] ordered, int from, double least) {
        if (from == ordered.length) {
            return Math.abs(product(fixed, ordered)) >= least ? 1 : 0;
        }
        long count = 0;
        for (int i = from; i < ordered.length; i++) {
            swap(ordered, from, i);
            count += asFar(fixed, ordered, from + 1, least);
            swap(ordered, from, i);
        }
        return count;
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
