package io.github.linfhash.core.features;

/** Which database rows are relevant to a query. */
public interface Relevance {
    /** The number of queries. */
    int queries();

    /** The number of database rows. */
    int databaseRows();

    /**
     * Marks those of {@code size} consecutive database rows that are relevant to a query.
     *
     * @param query index of the query
     * @param first the first of the database rows
     * @param size the number of rows
     * @param flags entry i is set to 1 where row {@code first + i} is relevant and to 0 elsewhere, for i below size
     */
    void mark(int query, int first, int size, byte[] flags);

    /** Relevance by similar labels: the same class, or a shared label. */
    static Relevance bySimilarLabels(Labels queries, Labels database) {
        return new SimilarLabels(queries, database);
    }
}
