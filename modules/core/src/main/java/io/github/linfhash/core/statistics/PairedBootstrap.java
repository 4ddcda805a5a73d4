package io.github.linfhash.core.statistics;

import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Whether one method beats another: a bootstrap of their differences, query by query and seed by seed.
 *
 * <p>Both methods saw the same split and the same queries under each seed, so every query gives one difference. A
 * resample draws as many seeds as there are, with replacement, and for each drawn seed as many of its queries as it has,
 * with replacement; its value is the mean over the drawn seeds of the mean over the drawn queries. This carries the
 * spread of both levels (Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 3.8). With few
 * seeds the spread between seeds is known badly and the interval comes out short: five seeds are few.
 *
 * <p>The queries of a seed are resampled {@value #POOL} times beforehand, and a drawn seed takes one of these means: what
 * it costs grows with the pool, not with the number of resamples, and a pool of this size blurs the spread within a seed
 * by 2 % of itself.
 */
public final class PairedBootstrap {
    /** The number of resamples that is meant where none is named. */
    public static final int RESAMPLES = 10_000;

    /** Resampled means of each seed's queries. */
    private static final int POOL = 2_000;

    private final double[][] differences;

    /**
     * A bootstrap of differences.
     *
     * @param differences for each seed, one difference a query; seeds may have different numbers of queries
     * @throws IllegalArgumentException if there is no seed, a seed without queries, or a value that is not finite
     */
    public PairedBootstrap(double[][] differences) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("a bootstrap needs at least one seed");
        }
        this.differences = new double[differences.length][];
        for (int s = 0; s < differences.length; s++) {
            if (differences[s].length == 0) {
                throw new IllegalArgumentException("a bootstrap needs a query for each seed, seed " + s + " has none");
            }
            this.differences[s] = differences[s].clone();
            for (double difference : differences[s]) {
                Finite.require(difference);
            }
        }
    }

    /**
     * What the bootstrap says of the mean difference.
     *
     * @param mean the mean over seeds of the mean over queries
     * @param low lower end of the 95 % percentile interval
     * @param high upper end of the 95 % percentile interval
     * @param p two-sided: twice the share of resamples on the rarer side of 0, counting 0 itself to both and the data
     *     as one more resample on that side; at most 1, and never below 2 / (resamples + 1)
     */
    public record Outcome(double mean, double low, double high, double p) {}

    /** {@link #RESAMPLES} resamples, from stream "bootstrap". */
    public Outcome run(RandomStreams random) {
        return run(random, RESAMPLES);
    }

    /**
     * Some resamples, from stream "bootstrap".
     *
     * @throws IllegalArgumentException if there are fewer than 40 resamples, too few for an interval of 95 %
     */
    public Outcome run(RandomStreams random, int resamples) {
        if (resamples < 40) {
            throw new IllegalArgumentException("an interval of 95 % needs 40 resamples, not " + resamples);
        }
        UniformRandomProvider generator = random.stream("bootstrap");
        double[][] pools = pools(generator);
        double[] means = new double[resamples];
        int below = 0;
        int above = 0;
        for (int b = 0; b < resamples; b++) {
            means[b] = resample(pools, generator);
            below += means[b] <= 0 ? 1 : 0;
            above += means[b] >= 0 ? 1 : 0;
        }
        Arrays.sort(means);
        double p = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (resamples + 1));
        return new Outcome(mean(), quantile(means, 0.025), quantile(means, 0.975), p);
    }

    /** For each seed, means of as many of its queries as it has, drawn with replacement. */
    private double[][] pools(UniformRandomProvider generator) {
        double[][] pools = new double[differences.length][POOL];
        for (int s = 0; s < pools.length; s++) {
            double[] queries = differences[s];
            for (int i = 0; i < POOL; i++) {
                double sum = 0;
                for (int q = 0; q < queries.length; q++) {
                    sum += queries[generator.nextInt(queries.length)];
                }
                pools[s][i] = sum / queries.length;
            }
        }
        return pools;
    }

    private static double resample(double[][] pools, UniformRandomProvider generator) {
        double total = 0;
        for (int s = 0; s < pools.length; s++) {
            total += pools[generator.nextInt(pools.length)][generator.nextInt(POOL)];
        }
        return total / pools.length;
    }

    private double mean() {
        double total = 0;
        for (double[] queries : differences) {
            double sum = 0;
            for (double difference : queries) {
                sum += difference;
            }
            total += sum / queries.length;
        }
        return total / differences.length;
    }

    /** Linear between the order statistics, as NumPy's quantile by default. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int at = (int) place;
        return at + 1 == sorted.length ? sorted[at] : sorted[at] + (place - at) * (sorted[at + 1] - sorted[at]);
    }
}
