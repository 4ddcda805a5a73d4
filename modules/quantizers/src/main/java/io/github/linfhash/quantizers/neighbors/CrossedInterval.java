package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.core.statistics.MeanInterval;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.util.MathArrays;

/**
 * The mean of measurements of the same queries under several seeds, with an interval of 95 % that is about other queries and other
 * seeds.
 *
 * <p>With q queries and s seeds, the variance of the mean is V = Vq + Vs - Ve: that of the queries' means, that of the seeds'
 * means, and less what both hold of the residual. Its degrees of freedom are Satterthwaite's, and the quantile Student's. Ends stay
 * within 0..1. With one seed the interval is about queries alone.
 */
public final class CrossedInterval {
    private CrossedInterval() {}

    /**
     * The mean with its interval.
     *
     * @param values for each seed, a fraction for each query; at least two queries
     */
    public static MeanInterval of(double[][] values) {
        MeanInterval interval = Spread.of(values).interval();
        return new MeanInterval(interval.mean(), Math.max(0, interval.low()), Math.min(1, interval.high()));
    }

    /**
     * A mean difference of two measurements of the same queries under the same seeds.
     *
     * @param interval of the mean; ends are not cut
     * @param p two-sided, of the mean being 0
     */
    public record Difference(MeanInterval interval, double p) {}

    /**
     * The mean of one measurement less another, query by query and seed by seed, as they share both.
     *
     * @param one for each seed, a value for each query; at least two queries
     * @param other as many
     */
    public static Difference difference(List<double[]> one, List<double[]> other) {
        double[][] differences = new double[one.size()][];
        Arrays.setAll(differences, s -> MathArrays.ebeSubtract(one.get(s), other.get(s)));
        Spread spread = Spread.of(differences);
        return new Difference(spread.interval(), spread.p());
    }

    /** A mean with its variance and the degrees of freedom of that. */
    private record Spread(double mean, double variance, double degrees) {
        static Spread of(double[][] values) {
            int seeds = values.length;
            int queries = values[0].length;
            double[] ofSeed = new double[seeds];
            double[] ofQuery = new double[queries];
            double sum = 0;
            for (int s = 0; s < seeds; s++) {
                for (int q = 0; q < queries; q++) {
                    ofSeed[s] += values[s][q];
                    ofQuery[q] += values[s][q];
                }
                sum += ofSeed[s];
            }
            // Divided once: a thousand thousandths would be more or less than 1.
            double mean = sum / seeds / queries;
            divide(ofSeed, queries);
            divide(ofQuery, seeds);
            double byQueries = varianceOfMean(ofQuery, mean);
            double bySeeds = seeds > 1 ? varianceOfMean(ofSeed, mean) : 0;
            double residual = seeds > 1 ? residual(values, ofSeed, ofQuery, mean) : 0;
            double variance = Math.max(byQueries + bySeeds - residual, Math.max(byQueries, bySeeds));
            double freedom = byQueries * byQueries / (queries - 1) + (seeds > 1 ? bySeeds * bySeeds / (seeds - 1) : 0);
            return new Spread(mean, variance, Math.max(1, variance * variance / freedom));
        }

        MeanInterval interval() {
            double half = variance == 0
                    ? 0
                    : distribution().inverseCumulativeProbability((1 + MeanInterval.LEVEL) / 2) * Math.sqrt(variance);
            return new MeanInterval(mean, mean - half, mean + half);
        }

        double p() {
            if (variance == 0) {
                return mean == 0 ? 1 : 0;
            }
            return 2 * distribution().cumulativeProbability(-Math.abs(mean) / Math.sqrt(variance));
        }

        /** No generator: the distribution is asked for probabilities, never for a sample. */
        private TDistribution distribution() {
            return new TDistribution(null, degrees);
        }
    }

    private static void divide(double[] sums, int by) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= by;
        }
    }

    private static double varianceOfMean(double[] means, double mean) {
        double squares = 0;
        for (double one : means) {
            squares += (one - mean) * (one - mean);
        }
        return squares / (means.length - 1) / means.length;
    }

    private static double residual(double[][] values, double[] ofSeed, double[] ofQuery, double mean) {
        double squares = 0;
        for (int s = 0; s < values.length; s++) {
            for (int q = 0; q < ofQuery.length; q++) {
                double rest = values[s][q] - ofSeed[s] - ofQuery[q] + mean;
                squares += rest * rest;
            }
        }
        double entries = (double) ofSeed.length * ofQuery.length;
        return squares / (ofSeed.length - 1) / (ofQuery.length - 1) / entries;
    }
}
