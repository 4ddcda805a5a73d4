package io.github.linfhash.core.evaluation;

import java.util.stream.IntStream;

/**
 * Rankings in which codes at equal distance keep the order of the database, as a stable sort gives it.
 *
 * <p>The histograms already tell where each distance begins, so one pass over the database puts every row at its rank: a
 * counting sort, of which only the first ranks are kept.
 */
final class DatabaseOrder {
    private DatabaseOrder() {}

    /** The value of a measure for each query. */
    static double[] perQuery(Retrieval retrieval, RankMeasure measure) {
        DistanceHistograms histograms = retrieval.histograms();
        int depth = measure.depth(histograms.databaseSize());
        double[] results = new double[histograms.queries()];
        IntStream.range(0, histograms.queries()).parallel().forEach(q -> {
            OrderedRanking ranking = new OrderedRanking(first(retrieval, q, depth), histograms.relevantTotal(q));
            results[q] = switch (measure.kind()) {
                case PRECISION -> ranking.precision(depth);
                case RECALL -> ranking.recall(depth);
                case AVERAGE_PRECISION -> ranking.averagePrecision(depth);
            };
        });
        return results;
    }

    private static byte[] first(Retrieval retrieval, int query, int depth) {
        int[] next = firstRanks(retrieval.histograms(), query);
        byte[] flags = retrieval.relevance(query);
        byte[] ranked = new byte[depth];
        int left = retrieval.leftOut(query);
        for (int row = 0; row < flags.length; row++) {
            if (row != left) {
                int rank = next[retrieval.queries().distance(query, retrieval.database(), row)]++;
                if (rank < depth) {
                    ranked[rank] = flags[row];
                }
            }
        }
        return ranked;
    }

    private static int[] firstRanks(DistanceHistograms histograms, int query) {
        int[] ranks = new int[histograms.bits() + 1];
        for (int d = 1; d < ranks.length; d++) {
            ranks[d] = ranks[d - 1] + histograms.all(query, d - 1);
        }
        return ranks;
    }

    /** The first ranks of one query in a known order: every metric straight from its definition. */
    private static final class OrderedRanking {
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
            return (double) hits(k) / k;
        }

        double recall(int k) {
            return relevantTotal == 0 ? 0 : (double) hits(k) / relevantTotal;
        }

        private int hits(int k) {
            int hits = 0;
            for (int rank = 0; rank < k; rank++) {
                hits += relevant[rank];
            }
            return hits;
        }

        double averagePrecision(int k) {
            int hits = 0;
            double sum = 0;
            for (int rank = 0; rank < k; rank++) {
                if (relevant[rank] != 0) {
                    hits++;
                    sum += (double) hits / (rank + 1);
                }
            }
            int divisor = Math.min(relevantTotal, k);
            return divisor == 0 ? 0 : sum / divisor;
        }
    }
}
