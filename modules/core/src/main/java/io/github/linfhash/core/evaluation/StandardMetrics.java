package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The metrics of every run, in the order in which they are reported. A new metric is one line here. */
public final class StandardMetrics {
    private static final List<Integer> RADII = List.of(2, 0);
    private static final RankMeasure AVERAGE_PRECISION = RankMeasure.averagePrecision();

    /** All of them. */
    public static final List<Metric> ALL = List.of(
            fraction("map", "mAP", AVERAGE_PRECISION::mean),
            ball(2, "precision", "Precision", BallMetrics::precision),
            ball(2, "recall", "Recall", BallMetrics::recall),
            ball(2, "f1", "F1", BallMetrics::f1),
            ball(0, "precision", "Precision", BallMetrics::precision),
            ball(0, "recall", "Recall", BallMetrics::recall),
            ball(0, "f1", "F1", BallMetrics::f1),
            ball(2, "emptyBalls", "Empty balls", BallMetrics::emptyBalls),
            ball(0, "emptyBalls", "Empty balls", BallMetrics::emptyBalls),
            count("uniqueCodes", "Unique codes", Retrieval::uniqueCodes),
            fraction("mapOptimistic", "mAP, best order of ties", (r, c) -> map(r, c.with(Ties.OPTIMISTIC))),
            fraction("mapPessimistic", "mAP, worst order of ties", (r, c) -> map(r, c.with(Ties.PESSIMISTIC))),
            fraction("precisionTop100", "Precision of the first 100", RankMeasure.precision(100)::mean),
            fraction("map@10", "mAP of the first 10", RankMeasure.averagePrecision(10)::mean),
            fraction("precisionTop5000", "Precision of the first 5,000", RankMeasure.precision(5000)::mean),
            pooledRecall(2),
            pooledRecall(0),
            new Metric(
                    "realMap",
                    "mAP of the real outputs",
                    Metric.Kind.FRACTION,
                    Metric.Source.OUTPUTS,
                    StandardMetrics::realMap));

    /** What a summary shows unless a protocol says otherwise: the columns of Table 2 of Wang et al. (IJCAI 2016). */
    private static final List<String> HEADLINE =
            List.of("map", "precision@2", "recall@2", "f1@2", "precision@0", "recall@0", "f1@0");

    private StandardMetrics() {}

    /** The keys of the metrics that a summary shows unless a protocol says otherwise, in their order. */
    public static List<String> headline() {
        return HEADLINE;
    }

    /**
     * The values by key, in the order of {@link #ALL}, under the standard conventions, of all metrics of distances; and of
     * those of outputs, where the retrieval has any.
     */
    public static Map<String, Double> evaluate(Retrieval retrieval) {
        return evaluate(retrieval, Conventions.STANDARD);
    }

    /** The same under other conventions; NaN where no query is left to average. */
    public static Map<String, Double> evaluate(Retrieval retrieval, Conventions conventions) {
        Map<String, Double> values = evaluate(Metric.Source.DISTANCES, retrieval, conventions);
        if (retrieval.hasOutputs()) {
            values.putAll(evaluate(Metric.Source.OUTPUTS, retrieval, conventions));
        }
        return values;
    }

    /**
     * The values of the metrics of one source by key, in the order of {@link #ALL}; NaN where no query is left to average.
     *
     * @throws IllegalStateException if metrics of outputs are asked for and the retrieval has none
     */
    public static Map<String, Double> evaluate(Metric.Source source, Retrieval retrieval, Conventions conventions) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : ALL) {
            if (metric.source() == source) {
                values.put(metric.key(), metric.of(retrieval, conventions));
            }
        }
        return values;
    }

    /** The radii of the Hamming balls that the paper's tables report. */
    public static List<Integer> radii() {
        return RADII;
    }

    private static double map(Retrieval retrieval, Conventions conventions) {
        return AVERAGE_PRECISION.mean(retrieval, conventions);
    }

    private static double realMap(Retrieval retrieval, Conventions conventions) {
        Retrieval searched = retrieval.under(conventions.selfMatch());
        return RankMeasure.mean(searched.realAveragePrecisions(conventions.ties()), retrieval, conventions);
    }

    private static Metric fraction(String key, String title, ToDoubleBiFunction<Retrieval, Conventions> definition) {
        return new Metric(key, title, Metric.Kind.FRACTION, Metric.Source.DISTANCES, definition);
    }

    private static Metric count(String key, String title, ToDoubleFunction<Retrieval> definition) {
        return new Metric(
                key, title, Metric.Kind.COUNT, Metric.Source.DISTANCES, (r, c) -> definition.applyAsDouble(r));
    }

    private static Metric ball(int radius, String key, String title, ToDoubleFunction<BallMetrics> part) {
        return fraction(
                key + "@" + radius, title + where(radius), (r, c) -> part.applyAsDouble(BallMetrics.at(r, radius, c)));
    }

    private static Metric pooledRecall(int radius) {
        return fraction(
                "recallPooled@" + radius,
                "Recall, pooled" + where(radius),
                (r, c) -> BallMetrics.at(r, radius, c.with(Average.MICRO)).recall());
    }

    private static String where(int radius) {
        return radius == 0 ? ", radius 0" : ", radius at most " + radius;
    }
}
