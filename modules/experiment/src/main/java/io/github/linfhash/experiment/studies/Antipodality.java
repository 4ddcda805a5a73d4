package io.github.linfhash.experiment.studies;

import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.List;

/**
 * How near an encoder's outputs are to antipodal signals, whose entries all have one magnitude.
 *
 * @param quantizationError the mean over the queries of ||x - m s||^2 / ||x||^2, where m is the mean of |x| and s the
 *     code in +1 and -1 (an output of 0 has bit 0, hence -1); 1 for a query whose outputs are all 0; from 0 to 1
 * @param atBound the share of entries of a magnitude of at least 0.999 of their unit's bound, from 0 to 1; entries of 0
 *     are never at their bound
 * @param excessKurtosis of all entries of all queries together, m4 / m2^2 - 3 with moments about their mean: -2 for
 *     antipodal ones, 0 for normal ones, above 0 for sparse ones; NaN if all entries are equal
 * @param zeros the share of entries that are exactly 0, from 0 to 1
 * @param uniqueCodes the number of different codes among the queries
 */
public record Antipodality(
        double quantizationError, double atBound, double excessKurtosis, double zeros, int uniqueCodes) {
    private static final double NEARLY = 0.999;

    /** Measures the outputs of at least one query. */
    public static Antipodality of(QueryOutputs outputs) {
        FeatureMatrix values = outputs.values();
        if (values.rows() == 0) {
            throw new IllegalArgumentException("outputs of no query have no statistics");
        }
        double error = 0;
        for (int i = 0; i < values.rows(); i++) {
            error += OutputCurves.quantizationError(values, i);
        }
        double entries = (double) values.rows() * values.dimension();
        return new Antipodality(
                error / values.rows(),
                countAtBound(values, outputs.bounds()) / entries,
                excessKurtosis(values.toArray()),
                countZeros(values.toArray()) / entries,
                outputs.codes().unique());
    }

    private static long countAtBound(FeatureMatrix values, List<Double> bounds) {
        long count = 0;
        for (int i = 0; i < values.rows(); i++) {
            for (int b = 0; b < values.dimension(); b++) {
                double magnitude = Math.abs(values.get(i, b));
                count += magnitude > 0 && magnitude >= NEARLY * bounds.get(b) ? 1 : 0;
            }
        }
        return count;
    }

    private static long countZeros(float[] values) {
        long count = 0;
        for (float value : values) {
            count += value == 0 ? 1 : 0;
        }
        return count;
    }

    private static double excessKurtosis(float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value;
        }
        mean /= values.length;
        double second = 0;
        double fourth = 0;
        for (float value : values) {
            double square = (value - mean) * (value - mean);
            second += square;
            fourth += square * square;
        }
        return second == 0 ? Double.NaN : fourth * values.length / (second * second) - 3;
    }
}
