package io.github.linfhash.quantizers.flatness;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.statistics.MeanInterval;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How flat representations of the same vectors are, and what their signs are worth.
 *
 * @param rows of the database
 * @param dimension d
 * @param queries how many
 * @param neighbors k, of each query
 * @param outcomes by representation and bytes
 */
public record Flatness(int rows, int dimension, int queries, int neighbors, List<Outcome> outcomes) {
    public Flatness {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Of one representation. Errors are those of the estimate of the inner product of a query and a vector of the database, as
     * shares of the product of their lengths.
     *
     * @param name of the representation
     * @param bits N
     * @param bytes of a code with the two numbers beside it
     * @param seeds how many were measured
     * @param flatness c, the mean of |x|_1 / (sqrt(N) |x|_2)
     * @param predicted the error by the factor of RaBitQ's bound, the root of the mean of (1 - c^2) / c^2 / (N - 1) over vectors
     * @param error the root of the mean squared error of the signs over all pairs: estimates less products of the representations
     * @param nearError the same over the k nearest of each query, about their mean
     * @param bias the mean error over the k nearest less that over all pairs
     * @param total the root of the mean squared error against the vectors themselves about their mean, with what a
     *     representation leaves out; NaN for learned ones
     * @param recall of the k nearest by oversampling
     */
    public record Outcome(
            String name,
            int bits,
            int bytes,
            int seeds,
            double flatness,
            double predicted,
            double error,
            double nearError,
            double bias,
            double total,
            SortedMap<Integer, MeanInterval> recall) {
        /** The recall at an oversampling that was measured. */
        public MeanInterval interval(int oversampling) {
            MeanInterval found = recall.get(oversampling);
            if (found == null) {
                throw new IllegalArgumentException("no recall at x" + oversampling + " among " + recall.keySet());
            }
            return found;
        }

        /** The mean of it. */
        public double recallAt(int oversampling) {
            return interval(oversampling).mean();
        }
    }

    /** The outcomes of equal bytes. */
    public SortedMap<Integer, List<Outcome>> byBytes() {
        return outcomes.stream().collect(Collectors.groupingBy(Outcome::bytes, TreeMap::new, Collectors.toList()));
    }

    /**
     * Spearman's rank correlation of two of the numbers over outcomes; NaN for fewer than three that have both, or where one number is
     * the same for all.
     */
    public static double rankCorrelation(
            List<Outcome> outcomes, ToDoubleFunction<Outcome> one, ToDoubleFunction<Outcome> other) {
        List<Outcome> known = outcomes.stream()
                .filter(outcome ->
                        Double.isFinite(one.applyAsDouble(outcome)) && Double.isFinite(other.applyAsDouble(outcome)))
                .toList();
        return known.size() < 3
                ? Double.NaN
                : new SpearmansCorrelation()
                        .correlation(
                                known.stream().mapToDouble(one).toArray(),
                                known.stream().mapToDouble(other).toArray());
    }

    /** c of each vector, |x|_1 / (sqrt(N) |x|_2), within 0..1; NaN where x is 0. */
    static double[] ofRows(FeatureMatrix representations) {
        double[] flatness = new double[representations.rows()];
        for (int i = 0; i < flatness.length; i++) {
            double magnitudes = 0;
            double squares = 0;
            for (int j = 0; j < representations.dimension(); j++) {
                double value = representations.get(i, j);
                magnitudes += Math.abs(value);
                squares += value * value;
            }
            flatness[i] = magnitudes / Math.sqrt(representations.dimension() * squares);
        }
        return flatness;
    }

    /** The root of the mean squared error that vectors of these c have with N values, if errors have random directions. */
    static double predicted(double[] flatness, int width) {
        double sum = 0;
        int counted = 0;
        for (double c : flatness) {
            if (c > 0) {
                sum += Math.max(0, 1 - c * c) / (c * c);
                counted++;
            }
        }
        return Math.sqrt(sum / counted / (width - 1));
    }
}
