package io.github.linfhash.core.statistics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How much the recall of several quantizers varies over seeds, pooled over them. Two seeds of one quantizer have one degree of freedom; those of
 * twenty quantizers have up to twenty. What is pooled is the variance component of seeds, in units of (r (1 - r))^2 with recall r: to first
 * order the variance of log(r / (1 - r)), as missed neighbors vary in proportion to how many there are. The weight of a quantizer is the square of r (1 - r).
 *
 * @param relative the component in these units, at least 0
 * @param degrees of freedom of the pooled component, at least 1
 */
public record SeedVariance(double relative, double degrees) {
    /**
     * Pools quantizers; those with one seed tell nothing.
     *
     * @param quantizers for each quantizer and seed, the recall of each query; the queries are the same with each seed
     */
    public static SeedVariance of(List<double[][]> quantizers) {
        double sum = 0;
        double weights = 0;
        double squares = 0;
        for (double[][] seeds : quantizers) {
            int freedom = seeds.length - 1;
            int queries = seeds[0].length;
            if (freedom == 0 || queries < 2) {
                continue;
            }
            double[] ofSeeds = Arrays.stream(seeds).mapToDouble(StatUtils::mean).toArray();
            double mean = StatUtils.mean(ofSeeds);
            double rest = 0;
            for (int q = 0; q < queries; q++) {
                double ofQuery = 0;
                for (double[] ofSeed : seeds) {
                    ofQuery += ofSeed[q] / seeds.length;
                }
                for (int s = 0; s < seeds.length; s++) {
                    rest += Math.pow(seeds[s][q] - ofSeeds[s] - ofQuery + mean, 2);
                }
            }
            double cells = rest / freedom / (queries - 1);
            double weight = Math.pow(mean * (1 - mean), 2);
            sum += freedom * (StatUtils.variance(ofSeeds) - cells / queries);
            weights += freedom * weight;
            squares += freedom * weight * weight;
        }
        return weights == 0
                ? new SeedVariance(0, 1)
                : new SeedVariance(Math.max(0, sum / weights), Math.max(1, weights * weights / squares));
    }

    /** Returns the variance component of seeds at a recall. */
    double at(double recall) {
        return relative * Math.pow(recall * (1 - recall), 2);
    }
}
