package io.github.linfhash.core.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Precision and recall of Hamming balls as their radius grows: one value for each radius 0..N, with the conventions of
 * {@link BallMetrics}.
 */
public final class RadiusCurves {
    /** What the names of curves by radius start with; all other curves are by epoch. */
    public static final String PREFIX = "radius.";

    /** The name of the curve of mean precision. */
    public static final String PRECISION = PREFIX + "precision";

    /** The name of the curve of mean recall. */
    public static final String RECALL = PREFIX + "recall";

    private RadiusCurves() {}

    /**
     * Both curves by name, in time proportional to the histograms.
     *
     * @throws IllegalArgumentException if there is no query
     */
    public static Map<String, double[]> of(DistanceHistograms histograms) {
        int queries = histograms.queries();
        if (queries == 0) {
            throw new IllegalArgumentException("curves by radius need a query");
        }
        double[] precision = new double[histograms.bits() + 1];
        double[] recall = new double[histograms.bits() + 1];
        for (int q = 0; q < queries; q++) {
            int relevant = histograms.relevantTotal(q);
            int ball = 0;
            int hits = 0;
            for (int radius = 0; radius < precision.length; radius++) {
                ball += histograms.all(q, radius);
                hits += histograms.relevant(q, radius);
                precision[radius] += ball == 0 ? 0 : (double) hits / ball;
                recall[radius] += relevant == 0 ? 0 : (double) hits / relevant;
            }
        }
        for (int radius = 0; radius < precision.length; radius++) {
            precision[radius] /= queries;
            recall[radius] /= queries;
        }
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put(PRECISION, precision);
        curves.put(RECALL, recall);
        return curves;
    }
}
