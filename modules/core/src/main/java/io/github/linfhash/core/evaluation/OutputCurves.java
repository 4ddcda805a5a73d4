package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the real outputs x of an encoder are from the codes that are their signs: what figure 5 of Wang et al. (IJCAI
 * 2016) shows of one query, and the error of all.
 */
public final class OutputCurves {
    /** The prefix of the names of these curves. */
    public static final String PREFIX = "outputs.";

    /** The name of the curve of the first query's outputs, N values. */
    public static final String FIRST = PREFIX + "first";

    /** The name of the curve of quantization errors: the smallest one, and that below which 1, 2, ..., 100% of queries are. */
    public static final String QUANTIZATION = PREFIX + "quantization";

    private static final int PERCENT = 100;

    /**
     * The name of the mean over the queries of the quantization error where each output is first divided by the mean of its
     * |x_i| over the queries.
     */
    public static final String SCALED_QUANTIZATION = "quantization@queries";

    private OutputCurves() {}

    /**
     * Both curves by name.
     *
     * @param outputs x, n x N, of at least one query
     */
    public static Map<String, double[]> of(FeatureMatrix outputs) {
        double[] first = new double[outputs.dimension()];
        Arrays.setAll(first, b -> outputs.get(0, b));
        double[] errors = new double[outputs.rows()];
        Arrays.setAll(errors, q -> quantizationError(outputs, q));
        Arrays.sort(errors);
        double[] percentiles = new double[PERCENT + 1];
        // The nearest rank: an error that some query has.
        Arrays.setAll(
                percentiles, p -> errors[Math.max(0, (int) (((long) p * errors.length + PERCENT - 1) / PERCENT) - 1)]);
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put(FIRST, first);
        curves.put(QUANTIZATION, percentiles);
        return curves;
    }

    /**
     * The mean over the rows of {@link #quantizationError} with each output divided by the mean of |x_i| over the rows, so
     * that units of different magnitudes are no error: 0 where every output takes no values but plus and minus one of its
     * own. A bounded linear unit that is always at its bound lambda_i is divided by lambda_i; tanh and unbounded units have
     * no such number, and one rule for all treats encoders alike. An output that is 0 on all rows stays 0 and counts as
     * an error of its bit.
     *
     * @param outputs x, n x N, of at least one query
     */
    public static double scaledQuantizationError(FeatureMatrix outputs) {
        int units = outputs.dimension();
        double[] magnitudes = new double[units];
        for (int q = 0; q < outputs.rows(); q++) {
            for (int b = 0; b < units; b++) {
                magnitudes[b] += Math.abs(outputs.get(q, b)) / outputs.rows();
            }
        }
        double sum = 0;
        double[] scaled = new double[units];
        for (int q = 0; q < outputs.rows(); q++) {
            for (int b = 0; b < units; b++) {
                scaled[b] = magnitudes[b] == 0 ? 0 : outputs.get(q, b) / magnitudes[b];
            }
            sum += quantizationError(scaled);
        }
        return sum / outputs.rows();
    }

    /**
     * The relative quantization error ||x - m s||^2 / ||x||^2 of a row, where m is the mean of |x| and s the code in +1 and
     * -1: 0 for an antipodal signal, whose entries all have one magnitude; 1 for a row of zeros.
     */
    public static double quantizationError(FeatureMatrix outputs, int row) {
        double[] values = new double[outputs.dimension()];
        Arrays.setAll(values, b -> outputs.get(row, b));
        return quantizationError(values);
    }

    private static double quantizationError(double[] values) {
        double sum = 0;
        double square = 0;
        for (double x : values) {
            sum += Math.abs(x);
            square += x * x;
        }
        // ||x - m s||^2 = ||x||^2 - N m^2; rounding may take an antipodal signal below 0.
        return square == 0 ? 1 : Math.max(0, 1 - sum * sum / values.length / square);
    }
}
