package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import java.util.Optional;

/**
 * Look-up in a Hamming ball, averaged over the queries.
 *
 * <p>Under the standard conventions a query whose ball is empty counts with precision 0 and recall 0, and a query with
 * nothing relevant with recall 0. F1 is the harmonic mean of the two averages, as in the paper's tables, not the average
 * of per-query F1.
 *
 * @param precision mean share of relevant codes in the ball, 0..1
 * @param recall mean share of the relevant codes that lie in the ball, 0..1
 * @param emptyBalls share of the queries whose ball holds no code, 0..1
 */
public record BallMetrics(double precision, double recall, double emptyBalls) {

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}.
     *
     * @throws IllegalArgumentException if the radius is negative
     */
    public static BallMetrics at(Retrieval retrieval, int radius, Conventions conventions) {
        return at(retrieval.under(conventions.selfMatch()).histograms(), radius, conventions);
    }

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}, from the counts of a scan.
     *
     * @throws IllegalArgumentException if there is no query or the radius is negative
     */
    public static BallMetrics at(DistanceHistograms histograms, int radius, Conventions conventions) {
        if (histograms.queries() == 0 || radius < 0) {
            throw new IllegalArgumentException("a ball needs a query and a radius of at least 0, not "
                    + histograms.queries() + " queries and radius " + radius);
        }
        Sums sums = new Sums(conventions);
        for (int q = 0; q < histograms.queries(); q++) {
            sums.add(
                    histograms.allWithin(q, radius), histograms.relevantWithin(q, radius), histograms.relevantTotal(q));
        }
        return new BallMetrics(sums.precision(), sums.recall(), sums.emptyBalls());
    }

    /** The harmonic mean of {@link #precision} and {@link #recall}; 0 where both are 0. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /**
     * Precision or recall within a Hamming ball, as {@link BallMetrics} defines them.
     *
     * @param kind which of the two
     * @param radius the ball's
     */
    record Measure(Kind kind, int radius) implements Metric.QueryMeasure {
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

        /** None where the average is pooled. */
        @Override
        public Optional<double[]> ofQueries(Retrieval retrieval, Conventions conventions) {
            boolean mean = kind == Kind.PRECISION
                    ? conventions.average() != Average.MICRO
                    : conventions.average() == Average.MACRO;
            if (!mean) {
                return Optional.empty();
            }
            DistanceHistograms histograms =
                    retrieval.under(conventions.selfMatch()).histograms();
            double ofNone = kind == Kind.PRECISION && conventions.emptyBall() == EmptyBall.ONE ? 1 : 0;
            double[] values = new double[histograms.queries()];
            for (int q = 0; q < values.length; q++) {
                int of = kind == Kind.PRECISION ? histograms.allWithin(q, radius) : histograms.relevantTotal(q);
                values[q] = of == 0 ? ofNone : (double) histograms.relevantWithin(q, radius) / of;
            }
            return Optional.of(values);
        }
    }

    /** The balls of one radius, summed over queries for every way of averaging. */
    static final class Sums {
        private final Conventions conventions;
        private int queries;
        private int empty;
        private double precisions;
        private double recalls;
        private long hits;
        private long retrieved;
        private long relevant;

        Sums(Conventions conventions) {
            this.conventions = conventions;
        }

        /** Adds one query's ball. */
        void add(int ball, int hitsInBall, int relevantRows) {
            queries++;
            empty += ball == 0 ? 1 : 0;
            precisions += ball == 0 ? 0 : (double) hitsInBall / ball;
            recalls += relevantRows == 0 ? 0 : (double) hitsInBall / relevantRows;
            hits += hitsInBall;
            retrieved += ball;
            relevant += relevantRows;
        }

        double precision() {
            // Empty balls add nothing to either sum; only where all are empty must the convention say what that is
            // worth.
            return conventions.average() == Average.MICRO && retrieved > 0
                    ? (double) hits / retrieved
                    : macroPrecision();
        }

        double recall() {
            if (conventions.average() == Average.MACRO) {
                return recalls / queries;
            }
            return relevant == 0 ? 0 : (double) hits / relevant;
        }

        double emptyBalls() {
            return (double) empty / queries;
        }

        private double macroPrecision() {
            return switch (conventions.emptyBall()) {
                case ZERO -> precisions / queries;
                case ONE -> (precisions + empty) / queries;
            };
        }
    }
}
