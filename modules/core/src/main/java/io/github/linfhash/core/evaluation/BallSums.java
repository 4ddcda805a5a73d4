package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.NoRelevant;

/** The balls of one radius, summed over queries for every way of averaging; {@link BallMetrics} says what they mean. */
final class BallSums {
    private final Conventions conventions;
    private int queries;
    private int empty;
    private double precisions;
    private double recalls;
    private long hits;
    private long retrieved;
    private long relevant;

    BallSums(Conventions conventions) {
        this.conventions = conventions;
    }

    /** Adds one query's ball, unless the conventions leave a query with nothing relevant out. */
    void add(int ball, int hitsInBall, int relevantRows) {
        if (relevantRows == 0 && conventions.noRelevant() == NoRelevant.SKIP) {
            return;
        }
        queries++;
        empty += ball == 0 ? 1 : 0;
        precisions += ball == 0 ? 0 : (double) hitsInBall / ball;
        recalls += relevantRows == 0 ? 0 : (double) hitsInBall / relevantRows;
        hits += hitsInBall;
        retrieved += ball;
        relevant += relevantRows;
    }

    double precision() {
        // Empty balls add nothing to either sum; only where all are empty must the convention say what that is worth.
        return conventions.average() == Average.MICRO && retrieved > 0 ? (double) hits / retrieved : macroPrecision();
    }

    double recall() {
        if (conventions.average() == Average.MACRO) {
            return recalls / queries;
        }
        boolean worthZero = relevant == 0 && conventions.noRelevant() == NoRelevant.ZERO;
        return worthZero ? 0 : (double) hits / relevant;
    }

    double emptyBalls() {
        return (double) empty / queries;
    }

    double meanBallSize() {
        return (double) retrieved / queries;
    }

    private double macroPrecision() {
        return switch (conventions.emptyBall()) {
            case ZERO -> precisions / queries;
            case ONE -> (precisions + empty) / queries;
            case SKIP -> precisions / (queries - empty);
        };
    }
}
