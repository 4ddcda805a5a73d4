package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.ApDenominator;

/** The first ranks of one query in a known order: every metric straight from its definition. */
final class OrderedRanking {
    private final byte[] relevant;
    private final int relevantTotal;

    /**
     * A ranking.
     *
     * @param relevant for each of the first ranks, 1 if a relevant row is there, else 0
     * @param relevantTotal relevant rows in the whole database
     */
    OrderedRanking(byte[] relevant, int relevantTotal) {
        this.relevant = relevant;
        this.relevantTotal = relevantTotal;
    }

    double precision(int k) {
        int hits = 0;
        for (int rank = 0; rank < k; rank++) {
            hits += relevant[rank];
        }
        return (double) hits / k;
    }

    double averagePrecision(int k, ApDenominator denominator) {
        int hits = 0;
        double sum = 0;
        for (int rank = 0; rank < k; rank++) {
            if (relevant[rank] != 0) {
                hits++;
                sum += (double) hits / (rank + 1);
            }
        }
        int divisor = switch (denominator) {
            case MIN -> Math.min(relevantTotal, k);
            case HITS -> hits;
            case TOTAL -> relevantTotal;
        };
        return divisor == 0 ? 0 : sum / divisor;
    }
}
