package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.stream.IntStream;

/**
 * Metrics of the ranking by Hamming distance, in closed form from the histograms.
 *
 * <p>A ranking by one of N + 1 distances is full of ties. The tie-aware value is the expectation over all orders within
 * the ties; the optimistic and the pessimistic value are the extremes over these orders. A query with nothing relevant
 * counts with 0. {@link RankMeasure} has the same under any conventions.
 */
public final class RankMetrics {
    private final DistanceHistograms histograms;
    private final TieSums sums;

    /** @throws IllegalArgumentException if there is no query */
    public RankMetrics(DistanceHistograms histograms) {
        if (histograms.queries() == 0) {
            throw new IllegalArgumentException("a ranking needs at least one query");
        }
        this.histograms = histograms;
        sums = new TieSums(histograms.databaseSize());
    }

    /** Mean average precision over the whole ranking, in expectation over the ties; 0..1. */
    public double map() {
        return map(Ties.AWARE);
    }

    /** Mean average precision over the whole ranking, with ties broken in this way; 0..1. */
    public double map(Ties ties) {
        return RankMeasure.mean(perQuery(RankMeasure.averagePrecision(), ties));
    }

    /**
     * A measure of each query; 0 with nothing relevant.
     *
     * @throws IllegalArgumentException if the order of the database is asked for, which no histogram tells
     */
    double[] perQuery(RankMeasure measure, Ties ties) {
        return IntStream.range(0, histograms.queries())
                .parallel()
                .mapToDouble(q -> value(q, measure, ties))
                .toArray();
    }

    private double value(int query, RankMeasure measure, Ties ties) {
        TiedRanking ranking = new TiedRanking(histograms, query, sums);
        int k = measure.depth(sums.databaseSize());
        return switch (measure.kind()) {
            case PRECISION -> ranking.hits(k, ties) / k;
            case RECALL -> ranking.recall(k, ties);
            case AVERAGE_PRECISION -> ranking.averagePrecision(k, ties);
        };
    }

    /**
     * One query's ranking as far as its histogram tells: which codes tie, but not their order.
     *
     * <p>Every value is exact: the expectation over all orders within the ties, or the largest or smallest value that one of
     * these orders gives. A ranking that is cut at rank k takes whole ties and then some ranks of one more, the tie at the
     * cut. How many relevant codes it takes from there is hypergeometric.
     */
    private static final class TiedRanking {
        private final DistanceHistograms histograms;
        private final int query;
        private final TieSums sums;

        TiedRanking(DistanceHistograms histograms, int query, TieSums sums) {
            this.histograms = histograms;
            this.query = query;
            this.sums = sums;
        }

        /**
         * The state of a ranking where it is cut.
         *
         * @param before codes in the ties that are taken whole
         * @param hits relevant codes among these
         * @param sum the sum of precision over their ranks
         * @param size codes in the tie at the cut; 0 if the cut is between ties
         * @param relevant relevant codes among these
         * @param taken ranks of that tie before the cut
         */
        private record Cut(int before, int hits, double sum, int size, int relevant, int taken) {
            int fewest() {
                return Math.max(0, taken - (size - relevant));
            }

            int most() {
                return Math.min(relevant, taken);
            }
        }

        /** The share of the relevant codes that is among the first k; 0 with nothing relevant. */
        double recall(int k, Ties ties) {
            int relevant = histograms.relevantTotal(query);
            return relevant == 0 ? 0 : hits(k, ties) / relevant;
        }

        /** The relevant codes among the first k, k within 1..database size. */
        double hits(int k, Ties ties) {
            int before = 0;
            double hits = 0;
            for (int d = 0; before < k; d++) {
                int all = histograms.all(query, d);
                int relevant = histograms.relevant(query, d);
                int taken = Math.min(all, k - before);
                if (taken > 0) {
                    hits += switch (ties) {
                        case AWARE -> (double) taken * relevant / all;
                        case OPTIMISTIC -> Math.min(relevant, taken);
                        case PESSIMISTIC -> Math.max(0, taken - (all - relevant));
                        case DATABASE_ORDER -> throw unknownOrder();
                    };
                }
                before += taken;
            }
            return hits;
        }

        /** Average precision of the first k, k within 1..database size; 0 with nothing relevant. */
        double averagePrecision(int k, Ties ties) {
            int relevant = histograms.relevantTotal(query);
            if (relevant == 0) {
                return 0;
            }
            return sum(cut(k, ties), ties) / Math.min(relevant, k);
        }

        private Cut cut(int k, Ties ties) {
            int before = 0;
            int hits = 0;
            double sum = 0;
            for (int d = 0; before < k; d++) {
                int size = histograms.all(query, d);
                int relevant = histograms.relevant(query, d);
                if (size > k - before) {
                    return new Cut(before, hits, sum, size, relevant, k - before);
                }
                if (relevant > 0) {
                    sum += sum(before, hits, size, relevant, ties);
                }
                before += size;
                hits += relevant;
            }
            return new Cut(before, hits, sum, 0, 0, 0);
        }

        /** The sum over some ranks, of which the relevant codes take a known number. */
        private double sum(int before, int hitsBefore, int ranks, int relevant, Ties ties) {
            return switch (ties) {
                case AWARE -> sums.expected(before, hitsBefore, ranks, relevant, ranks);
                case OPTIMISTIC -> sums.run(before, hitsBefore, relevant);
                case PESSIMISTIC -> sums.run(before + ranks - relevant, hitsBefore, relevant);
                case DATABASE_ORDER -> throw unknownOrder();
            };
        }

        /** The sum up to the cut. Its extremes are where the tie at the cut gives most and fewest relevant codes. */
        private double sum(Cut cut, Ties ties) {
            if (cut.taken == 0) {
                return cut.sum;
            }
            return cut.sum
                    + switch (ties) {
                        case AWARE -> sums.expected(cut.before, cut.hits, cut.size, cut.relevant, cut.taken);
                        case OPTIMISTIC -> sum(cut.before, cut.hits, cut.taken, cut.most(), ties);
                        case PESSIMISTIC -> sum(cut.before, cut.hits, cut.taken, cut.fewest(), ties);
                        case DATABASE_ORDER -> throw unknownOrder();
                    };
        }

        private static IllegalArgumentException unknownOrder() {
            return new IllegalArgumentException("a histogram does not tell the order of the database");
        }
    }
}
