package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.Optional;

/**
 * A number that describes the first k ranks of a query.
 *
 * @param kind what it is
 * @param k how many ranks; a smaller database is taken whole
 */
public record RankMeasure(Kind kind, int k) implements Metric.QueryMeasure {
    /** The kinds of measures. */
    public enum Kind {
        /** The share of relevant rows. */
        PRECISION,
        /** The share of what is relevant that is found: the recall of a search that looks at k candidates. */
        RECALL,
        /** The sum of the precision at the relevant ranks, divided by the smaller of k and the number of relevant rows. */
        AVERAGE_PRECISION
    }

    /** @throws IllegalArgumentException if k is less than 1 */
    public RankMeasure {
        if (k < 1) {
            throw new IllegalArgumentException("a ranking is measured from rank 1, not down to rank " + k);
        }
    }

    /** The share of relevant rows among the first k. */
    public static RankMeasure precision(int k) {
        return new RankMeasure(Kind.PRECISION, k);
    }

    /** The share of what is relevant that is among the first k. */
    public static RankMeasure recall(int k) {
        return new RankMeasure(Kind.RECALL, k);
    }

    /** Average precision of the first k. */
    public static RankMeasure averagePrecision(int k) {
        return new RankMeasure(Kind.AVERAGE_PRECISION, k);
    }

    /** Average precision of the whole ranking. */
    public static RankMeasure averagePrecision() {
        return averagePrecision(Integer.MAX_VALUE);
    }

    /** The number of ranks that are looked at in a database of some size. */
    int depth(int databaseSize) {
        return Math.min(k, databaseSize);
    }

    /**
     * The value of each query, in the order of the queries; 0 for a query with nothing relevant.
     *
     * @throws IllegalStateException if the order of the database is asked for, and the retrieval does not know which rows are relevant
     */
    public double[] perQuery(Retrieval retrieval, Conventions conventions) {
        Retrieval searched = retrieval.under(conventions.selfMatch());
        Ties ties = conventions.ties();
        return ties == Ties.DATABASE_ORDER
                ? DatabaseOrder.perQuery(searched, this)
                : searched.ranks().perQuery(this, ties);
    }

    /**
     * The mean over the queries.
     *
     * @throws IllegalStateException as {@link #perQuery}
     */
    public double mean(Retrieval retrieval, Conventions conventions) {
        return mean(perQuery(retrieval, conventions));
    }

    @Override
    public double of(Retrieval retrieval, Conventions conventions) {
        return mean(retrieval, conventions);
    }

    @Override
    public Optional<double[]> ofQueries(Retrieval retrieval, Conventions conventions) {
        return Optional.of(perQuery(retrieval, conventions));
    }

    static double mean(double[] perQuery) {
        double sum = 0;
        for (double value : perQuery) {
            sum += value;
        }
        return sum / perQuery.length;
    }
}
