package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The slow twin of the averages over Hamming balls: lists of queries, filtered and averaged as each convention says.
 */
final class PlainBalls {
    private final List<PlainQuery> queries;
    private final int radius;
    private final NoRelevant noRelevant;

    PlainBalls(RandomExperiment experiment, int radius, NoRelevant noRelevant) {
        this.queries = IntStream.range(0, experiment.queryCount())
                .mapToObj(experiment::plain)
                .filter(query -> noRelevant == NoRelevant.ZERO || query.relevantTotal() > 0)
                .toList();
        this.radius = radius;
        this.noRelevant = noRelevant;
    }

    double macroPrecision(EmptyBall emptyBall) {
        return orNaN(queries.stream()
                .filter(query -> query.ball(radius) > 0 || emptyBall != EmptyBall.SKIP)
                .mapToDouble(query -> query.ball(radius) > 0
                        ? (double) query.hits(radius) / query.ball(radius)
                        : emptyBall == EmptyBall.ONE ? 1 : 0)
                .average());
    }

    double macroRecall() {
        return orNaN(queries.stream()
                .mapToDouble(
                        query -> query.relevantTotal() == 0 ? 0 : (double) query.hits(radius) / query.relevantTotal())
                .average());
    }

    double microPrecision(EmptyBall emptyBall) {
        int retrieved = queries.stream().mapToInt(query -> query.ball(radius)).sum();
        if (retrieved > 0) {
            return (double) hits() / retrieved;
        }
        return queries.isEmpty() || emptyBall == EmptyBall.SKIP ? Double.NaN : emptyBall == EmptyBall.ONE ? 1 : 0;
    }

    double microRecall() {
        int relevant = queries.stream().mapToInt(PlainQuery::relevantTotal).sum();
        return relevant == 0 ? noRelevant == NoRelevant.ZERO ? 0 : Double.NaN : (double) hits() / relevant;
    }

    private int hits() {
        return queries.stream().mapToInt(query -> query.hits(radius)).sum();
    }

    private static double orNaN(OptionalDouble mean) {
        return mean.orElse(Double.NaN);
    }
}
