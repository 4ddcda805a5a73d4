package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The precision and recall of a search that looks at the first k codes of its ranking, one value for each k of {@link #COUNTS} that the database has.
 */
public final class CandidateCurves {
    /** The prefix of the names of curves by number of candidates. */
    public static final String PREFIX = "candidates.";

    /** The name of the curve of mean precision. */
    public static final String PRECISION = PREFIX + "precision";

    /** The name of the curve of mean recall. */
    public static final String RECALL = PREFIX + "recall";

    /** How many candidates the points of the curves stand for, in their order. */
    public static final List<Integer> COUNTS = List.of(
            1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
            1_000_000);

    private CandidateCurves() {}

    /**
     * Both curves by name under some conventions, but for the order of equal distances: the values are always expectations
     * over all orders.
     */
    public static Map<String, double[]> of(Retrieval retrieval, Conventions conventions) {
        Map<String, double[]> curves = new LinkedHashMap<>();
        Conventions aware = conventions.with(Ties.AWARE);
        curves.put(PRECISION, curve(retrieval, aware, RankMeasure::precision));
        curves.put(RECALL, curve(retrieval, aware, RankMeasure::recall));
        return curves;
    }

    private static double[] curve(Retrieval retrieval, Conventions conventions, IntFunction<RankMeasure> measure) {
        int rows = retrieval.under(conventions.selfMatch()).histograms().databaseSize();
        return COUNTS.stream()
                .filter(count -> count <= rows)
                .mapToDouble(count -> measure.apply(count).mean(retrieval, conventions))
                .toArray();
    }
}
