package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import java.util.Optional;

/**
 * Precision or recall within a Hamming ball, as {@link BallMetrics} defines them.
 *
 * @param kind which of the two
 * @param radius the ball's
 */
record BallMeasure(Kind kind, int radius) implements Metric.QueryMeasure {
    enum Kind {
        PRECISION,
        RECALL
    }

    @Override
    public double of(Retrieval retrieval, Conventions conventions) {
        BallMetrics ball = BallMetrics.at(retrieval, radius, conventions);
        return kind == Kind.PRECISION ? ball.precision() : ball.recall();
    }

    /** Computed from sums of counts, which round otherwise than a sum of shares where empty balls count 1. */
    @Override
    public double meanOf(double[] perQuery, Retrieval retrieval, Conventions conventions) {
        return of(retrieval, conventions);
    }

    /** None where the average is pooled, nor of precision where empty balls are left out of its mean. */
    @Override
    public Optional<double[]> ofQueries(Retrieval retrieval, Conventions conventions) {
        boolean mean = kind == Kind.PRECISION
                ? conventions.average() != Average.MICRO && conventions.emptyBall() != EmptyBall.SKIP
                : conventions.average() == Average.MACRO;
        if (!mean) {
            return Optional.empty();
        }
        DistanceHistograms histograms = retrieval.under(conventions.selfMatch()).histograms();
        double ofNone = kind == Kind.PRECISION && conventions.emptyBall() == EmptyBall.ONE ? 1 : 0;
        double[] values = new double[histograms.queries()];
        for (int q = 0; q < values.length; q++) {
            int of = kind == Kind.PRECISION ? histograms.allWithin(q, radius) : histograms.relevantTotal(q);
            values[q] = of == 0 ? ofNone : (double) histograms.relevantWithin(q, radius) / of;
        }
        return Optional.of(values);
    }
}
