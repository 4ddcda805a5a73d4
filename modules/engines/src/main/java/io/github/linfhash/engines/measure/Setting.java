package io.github.linfhash.engines.measure;

/**
 * An index, and how it is searched.
 *
 * @param index as it is built
 * @param effort {@code hnsw.ef_search}, {@code ivfflat.probes}, or the {@code k} of Lucene's query
 * @param candidates how many rows are rescored by their vectors
 */
public record Setting(IndexSpec index, int effort, int candidates) {
    /** How it is searched, as text. */
    public String searched() {
        return index.searched(effort, candidates);
    }
}
