package io.github.linfhash.core.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The metrics of every run, in the order in which they are reported. A new metric is one line here. */
public final class StandardMetrics {
    private static final List<Integer> RADII = List.of(2, 0);

    /** All of them. */
    public static final List<Metric> ALL = List.of(
            fraction("map", "mAP", r -> r.ranks().map()),
            ball(2, "precision", "Precision", BallMetrics::precision),
            ball(2, "recall", "Recall", BallMetrics::recall),
            ball(2, "f1", "F1", BallMetrics::f1),
            ball(0, "precision", "Precision", BallMetrics::precision),
            ball(0, "recall", "Recall", BallMetrics::recall),
            ball(0, "f1", "F1", BallMetrics::f1),
            ball(2, "emptyBalls", "Empty balls", BallMetrics::emptyBalls),
            ball(0, "emptyBalls", "Empty balls", BallMetrics::emptyBalls),
            count("uniqueCodes", "Unique codes", r -> r.database().unique()),
            fraction("mapOptimistic", "mAP, best order of ties", r -> r.ranks().mapOptimistic()),
            fraction(
                    "mapPessimistic", "mAP, worst order of ties", r -> r.ranks().mapPessimistic()),
            fraction("precisionTop100", "Precision of the first 100", StandardMetrics::precisionTop100));

    /** What a summary shows unless a protocol says otherwise: the columns of Table 2 of Wang et al. (IJCAI 2016). */
    private static final List<String> HEADLINE =
            List.of("map", "precision@2", "recall@2", "f1@2", "precision@0", "recall@0", "f1@0");

    private StandardMetrics() {}

    /** The keys of the metrics that a summary shows unless a protocol says otherwise, in their order. */
    public static List<String> headline() {
        return HEADLINE;
    }

    /** The values of all metrics by key, in the order of {@link #ALL}. */
    public static Map<String, Double> evaluate(Retrieval retrieval) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : ALL) {
            values.put(metric.key(), metric.of(retrieval));
        }
        return values;
    }

    /** The radii of the Hamming balls that the paper's tables report. */
    public static List<Integer> radii() {
        return RADII;
    }

    private static double precisionTop100(Retrieval retrieval) {
        int k = Math.min(100, retrieval.database().size());
        return retrieval.ranks().precisionAt(k);
    }

    private static Metric fraction(String key, String title, ToDoubleFunction<Retrieval> definition) {
        return new Metric(key, title, Metric.Kind.FRACTION, definition);
    }

    private static Metric count(String key, String title, ToDoubleFunction<Retrieval> definition) {
        return new Metric(key, title, Metric.Kind.COUNT, definition);
    }

    private static Metric ball(int radius, String key, String title, ToDoubleFunction<BallMetrics> part) {
        String where = radius == 0 ? ", radius 0" : ", radius at most " + radius;
        return fraction(
                key + "@" + radius, title + where, r -> part.applyAsDouble(BallMetrics.at(r.histograms(), radius)));
    }
}
