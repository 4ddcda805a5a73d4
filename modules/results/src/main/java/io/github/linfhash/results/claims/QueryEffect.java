package io.github.linfhash.results.claims;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.PairedBootstrap;
import java.util.Arrays;
import java.util.Collection;

/**
 * A difference as the bootstrap over seeds and queries has it.
 *
 * @param low lower end of the 95 % interval of the mean
 * @param high upper end of the 95 % interval
 * @param p two-sided
 * @param standardized the mean difference divided by the standard deviation of the differences of single queries (Cohen's
 *     d of paired values); 0 if no query differs
 */
public record QueryEffect(double low, double high, double p, double standardized) {
    /** The bootstrap draws from this seed's stream, so that the same results give the same numbers. */
    private static final RandomStreams RANDOM = new RandomStreams(0);

    /**
     * The effect.
     *
     * @param differences for each seed, one difference a query
     * @param expected what the mean is tested against
     */
    static QueryEffect of(Collection<double[]> differences, double expected) {
        double[][] beyond = differences.stream()
                .map(seed -> Arrays.stream(seed).map(x -> x - expected).toArray())
                .toArray(double[][]::new);
        PairedBootstrap.Outcome outcome = new PairedBootstrap(beyond).run(RANDOM);
        return new QueryEffect(
                outcome.low() + expected, outcome.high() + expected, outcome.p(), standardized(differences));
    }

    private static double standardized(Collection<double[]> differences) {
        double[] all = differences.stream().flatMapToDouble(Arrays::stream).toArray();
        double mean = Arrays.stream(all).average().orElse(0);
        double variance =
                Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElse(0);
        return variance == 0 ? 0 : mean / Math.sqrt(variance);
    }
}
