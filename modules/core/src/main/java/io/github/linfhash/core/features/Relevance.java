package io.github.linfhash.core.features;

/** Which database rows are relevant to a query. */
public interface Relevance {
    /** The number of queries. */
    int queries();

    /** The number of database rows. */
    int databaseRows();

    /**
     * Marks the database rows that are relevant to a query.
     *
     * @param query index of the query
     * @param flags one entry for each database row; set to 1 where relevant and to 0 elsewhere
     */
    void mark(int query, byte[] flags);

    /** Relevance by similar labels: the same class, or a shared label. */
    static Relevance bySimilarLabels(Labels queries, Labels database) {
        return new SimilarLabels(queries, database);
    }
}
