package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;

/**
 * Look-up in a Hamming ball, averaged over the queries.
 *
 * <p>Under the standard conventions a query whose ball is empty counts with precision 0 and recall 0, and a query with
 * nothing relevant with recall 0. F1 is the harmonic mean of the two averages, as in the paper's tables, not the average
 * of per-query F1. An average to which the conventions leave no query is NaN.
 *
 * @param precision mean share of relevant codes in the ball, 0..1
 * @param recall mean share of the relevant codes that lie in the ball, 0..1
 * @param emptyBalls share of the queries whose ball holds no code, 0..1
 * @param meanBallSize mean number of codes in the ball
 */
public record BallMetrics(double precision, double recall, double emptyBalls, double meanBallSize) {

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}, under the standard conventions.
     *
     * @throws IllegalArgumentException if there is no query or the radius is negative
     */
    public static BallMetrics at(DistanceHistograms histograms, int radius) {
        return at(histograms, radius, Conventions.STANDARD);
    }

    /**
     * The metrics of the ball of all codes at distance at most {@code radius}.
     *
     * @throws IllegalArgumentException if the radius is negative
     */
    public static BallMetrics at(Retrieval retrieval, int radius, Conventions conventions) {
        return at(retrieval.under(conventions.selfMatch()).histograms(), radius, conventions);
    }

    private static BallMetrics at(DistanceHistograms histograms, int radius, Conventions conventions) {
        if (histograms.queries() == 0 || radius < 0) {
            throw new IllegalArgumentException("a ball needs a query and a radius of at least 0, not "
                    + histograms.queries() + " queries and radius " + radius);
        }
        Sums sums = new Sums();
        for (int q = 0; q < histograms.queries(); q++) {
            int relevant = histograms.relevantTotal(q);
            if (relevant > 0 || conventions.noRelevant() == NoRelevant.ZERO) {
                sums.add(histograms.allWithin(q, radius), histograms.relevantWithin(q, radius), relevant);
            }
        }
        boolean macro = conventions.average() == Average.MACRO;
        return new BallMetrics(
                macro ? sums.macroPrecision(conventions) : sums.microPrecision(conventions),
                macro ? sums.macroRecall() : sums.microRecall(conventions),
                (double) sums.empty / sums.queries,
                (double) sums.retrieved / sums.queries);
    }

    /** The harmonic mean of {@link #precision} and {@link #recall}; 0 where both are 0. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /** What both ways of averaging need. */
    private static final class Sums {
        private int queries;
        private int empty;
        private double precisions;
        private double recalls;
        private long hits;
        private long retrieved;
        private long relevant;

        void add(int ball, int hitsInBall, int relevantRows) {
            queries++;
            empty += ball == 0 ? 1 : 0;
            precisions += ball == 0 ? 0 : (double) hitsInBall / ball;
            recalls += relevantRows == 0 ? 0 : (double) hitsInBall / relevantRows;
            hits += hitsInBall;
            retrieved += ball;
            relevant += relevantRows;
        }

        double macroPrecision(Conventions conventions) {
            return switch (conventions.emptyBall()) {
                case ZERO -> precisions / queries;
                case ONE -> (precisions + empty) / queries;
                case SKIP -> precisions / (queries - empty);
            };
        }

        double macroRecall() {
            return recalls / queries;
        }

        // Empty balls add nothing to either sum; only where all are empty must the convention say what that is worth.
        double microPrecision(Conventions conventions) {
            return retrieved == 0 ? macroPrecision(conventions) : (double) hits / retrieved;
        }

        double microRecall(Conventions conventions) {
            boolean worthZero = relevant == 0 && conventions.noRelevant() == NoRelevant.ZERO;
            return worthZero ? 0 : (double) hits / relevant;
        }
    }
}
