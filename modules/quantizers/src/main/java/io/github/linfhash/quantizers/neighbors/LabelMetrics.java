package io.github.linfhash.quantizers.neighbors;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.evaluation.DistanceRanking;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;

/**
 * The quality of a ranking by estimated distances where labels say what is relevant: average precision, and the precision of the first k, in
 * expectation over all orders of equal distances. Safe for threads.
 */
public final class LabelMetrics {
    private final Relevance relevance;
    private final int first;
    private final DistanceRanking ranking;

    /**
     * For queries and a database.
     *
     * @param relevance of the m queries and the n rows of the database
     * @param first k of the precision, at least 1; a smaller database is taken whole
     */
    public LabelMetrics(Relevance relevance, int first) {
        if (first < 1) {
            throw new IllegalArgumentException("a precision is that of the first 1 or more, not of " + first);
        }
        this.relevance = relevance;
        this.first = first;
        this.ranking = new DistanceRanking(relevance.databaseRows());
    }

    /** The values of each query, in the order of queries. */
    public static final class PerQuery {
        private final double[] averagePrecision;
        private final double[] precision;

        private PerQuery(int queries) {
            this(new double[queries], new double[queries]);
        }

        /** Values that were measured before; not copied. */
        public PerQuery(double[] averagePrecision, double[] precision) {
            this.averagePrecision = averagePrecision;
            this.precision = precision;
        }

        /** The average precision over the whole ranking, 0 where nothing is relevant; its mean is the mAP. */
        public double[] averagePrecision() {
            return averagePrecision.clone();
        }

        /** The share of relevant rows among the first k. */
        public double[] precision() {
            return precision.clone();
        }
    }

    /**
     * Of codes.
     *
     * @param codes of the database
     * @param estimates of the queries
     * @throws IllegalArgumentException if the relevance is of another number of queries or codes
     */
    public PerQuery of(Quantizer.Encoded codes, Quantizer.Estimates estimates) {
        requireSizes(estimates.queries(), codes.size());
        PerQuery values = new PerQuery(estimates.queries());
        estimates.forEach(codes.size(), (query, distances) -> put(query, distances, values));
        return values;
    }

    /**
     * Of the floats themselves: what codes are measured against.
     *
     * @param database n x d, as {@link PreparedVectors#of} gives it
     * @param queries m x d, prepared too
     * @throws IllegalArgumentException if the relevance is of other numbers of rows
     */
    public PerQuery ofFloats(FeatureMatrix database, FeatureMatrix queries, Similarity similarity) {
        requireSizes(queries.rows(), database.rows());
        PerQuery values = new PerQuery(queries.rows());
        FloatDistances.forEach(database, queries, similarity, (query, distances) -> put(query, distances, values));
        return values;
    }

    private void requireSizes(int queries, int rows) {
        if (relevance.queries() != queries || relevance.databaseRows() != rows) {
            throw new IllegalArgumentException("relevance of " + relevance.queries() + " queries and "
                    + relevance.databaseRows() + " rows, for " + queries + " and " + rows);
        }
    }

    /** The number of labeled rows, n. */
    int rows() {
        return relevance.databaseRows();
    }

    /** Room for the values of all queries. */
    PerQuery empty() {
        return new PerQuery(relevance.queries());
    }

    /** Measures one query, by its distances to all codes. */
    void put(int query, float[] distances, PerQuery values) {
        byte[] relevant = new byte[distances.length];
        relevance.mark(query, 0, distances.length, relevant);
        DistanceRanking.Values found = ranking.of(distances, relevant, first);
        values.averagePrecision[query] = found.averagePrecision();
        values.precision[query] = found.precision();
    }
}
