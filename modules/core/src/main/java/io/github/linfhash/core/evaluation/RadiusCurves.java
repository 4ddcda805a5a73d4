package io.github.linfhash.core.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Precision and recall of Hamming balls as their radius grows: one value for each radius 0..N, with the conventions of
 * {@link BallMetrics}.
 */
public final class RadiusCurves {
    /** The prefix of the names of curves by radius; all other curves are by epoch. */
    public static final String PREFIX = "radius.";

    /** The name of the curve of mean precision. */
    public static final String PRECISION = PREFIX + "precision";

    /** The name of the curve of mean recall. */
    public static final String RECALL = PREFIX + "recall";

    private RadiusCurves() {}

    /** Both curves by name under some conventions, in time proportional to the histograms. */
    public static Map<String, double[]> of(Retrieval retrieval, Conventions conventions) {
        return of(retrieval.under(conventions.selfMatch()).histograms(), conventions);
    }

    static Map<String, double[]> of(DistanceHistograms histograms, Conventions conventions) {
        if (histograms.queries() == 0) {
            throw new IllegalArgumentException("curves by radius need a query");
        }
        BallMetrics.Sums[] sums = new BallMetrics.Sums[histograms.bits() + 1];
        Arrays.setAll(sums, radius -> new BallMetrics.Sums(conventions));
        for (int q = 0; q < histograms.queries(); q++) {
            int relevant = histograms.relevantTotal(q);
            int ball = 0;
            int hits = 0;
            for (int radius = 0; radius < sums.length; radius++) {
                ball += histograms.all(q, radius);
                hits += histograms.relevant(q, radius);
                sums[radius].add(ball, hits, relevant);
            }
        }
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put(
                PRECISION,
                Arrays.stream(sums).mapToDouble(BallMetrics.Sums::precision).toArray());
        curves.put(
                RECALL,
                Arrays.stream(sums).mapToDouble(BallMetrics.Sums::recall).toArray());
        return curves;
    }
}
