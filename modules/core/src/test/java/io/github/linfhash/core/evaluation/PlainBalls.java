package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The slow twin of the averages over Hamming balls: lists of queries, averaged as each convention says.
 */
final class PlainBalls {
    private final List<PlainQuery> queries;
    private final int radius;

    PlainBalls(RandomExperiment experiment, int radius) {
        this.queries = IntStream.range(0, experiment.queryCount())
                .mapToObj(experiment::plain)
                .toList();
        this.radius = radius;
    }

    double macroPrecision(EmptyBall emptyBall) {
        return queries.stream()
                .mapToDouble(query -> query.ball(radius) > 0
                        ? (double) query.hits(radius) / query.ball(radius)
                        : emptyBall == EmptyBall.ONE ? 1 : 0)
                .average()
                .orElseThrow();
    }

    double macroRecall() {
        return queries.stream()
                .mapToDouble(
                        query -> query.relevantTotal() == 0 ? 0 : (double) query.hits(radius) / query.relevantTotal())
                .average()
                .orElseThrow();
    }

    double microPrecision(EmptyBall emptyBall) {
        int retrieved = queries.stream().mapToInt(query -> query.ball(radius)).sum();
        if (retrieved > 0) {
            return (double) hits() / retrieved;
        }
        return emptyBall == EmptyBall.ONE ? 1 : 0;
    }

    double microRecall() {
        int relevant = queries.stream().mapToInt(PlainQuery::relevantTotal).sum();
        return relevant == 0 ? 0 : (double) hits() / relevant;
    }

    private int hits() {
        return queries.stream().mapToInt(query -> query.hits(radius)).sum();
    }
}
