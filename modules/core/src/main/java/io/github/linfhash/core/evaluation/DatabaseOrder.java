package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.ApDenominator;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.ClassLabels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rankings in which codes at equal distance keep an order of the database's rows, as a stable sort gives them: the order that
 * they have, or that by class.
 *
 * <p>The histograms already tell where each distance begins, so one pass over the database puts every row at its rank: a
 * counting sort, of which only the first ranks are kept. It costs another scan of the database, whatever the number of
 * values.
 */
final class DatabaseOrder {
    private DatabaseOrder() {}

    /**
     * One value to read off a ranking.
     *
     * @param measure what
     * @param denominator how, where the measure is an average precision
     */
    record Value(RankMeasure measure, ApDenominator denominator) {
        double of(OrderedRanking ranking, int databaseSize) {
            int k = measure.depth(databaseSize);
            return switch (measure.kind()) {
                case PRECISION -> ranking.precision(k);
                case RECALL -> ranking.recall(k);
                case AVERAGE_PRECISION -> ranking.averagePrecision(k, denominator);
            };
        }
    }

    /**
     * For each value, one number a query.
     *
     * @param ties which order of rows
     * @throws IllegalStateException if it is that by class, and the rows have no classes
     */
    static double[][] perQuery(Retrieval retrieval, Ties ties, List<Value> values) {
        int[] order = order(retrieval, ties);
        DistanceHistograms histograms = retrieval.histograms();
        int size = histograms.databaseSize();
        int depth = values.stream()
                .mapToInt(value -> value.measure().depth(size))
                .max()
                .orElse(0);
        double[][] results = new double[values.size()][histograms.queries()];
        IntStream.range(0, histograms.queries()).parallel().forEach(q -> {
            OrderedRanking ranking = new OrderedRanking(first(retrieval, order, q, depth), histograms.relevantTotal(q));
            for (int v = 0; v < results.length; v++) {
                results[v][q] = values.get(v).of(ranking, size);
            }
        });
        return results;
    }

    /** The rows in their order. */
    private static int[] order(Retrieval retrieval, Ties ties) {
        int rows = retrieval.database().size();
        if (ties == Ties.DATABASE_ORDER) {
            return IntStream.range(0, rows).toArray();
        }
        ClassLabels classes = retrieval
                .databaseClasses()
                .orElseThrow(() -> new IllegalStateException("rows without one class each have no order by class"));
        return IntStream.range(0, rows)
                .mapToLong(row -> (long) classes.get(row) << Integer.SIZE | row)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }

    private static byte[] first(Retrieval retrieval, int[] order, int query, int depth) {
        int[] next = firstRanks(retrieval.histograms(), query);
        byte[] flags = retrieval.relevance(query);
        byte[] ranked = new byte[depth];
        int left = retrieval.leftOut(query);
        for (int row : order) {
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
}
