package io.github.linfhash.engines.measure;

/**
 * An index, and how it is searched.
 *
 * @param index as it is built
 * @param effort such as {@code hnsw.ef_search}; {@link IndexType#NO_EFFORT} where there is no choice
 * @param candidates how many rows are rescored by their vectors
 */
public record OperatingPoint(IndexSpec index, int effort, int candidates) {
    /** How it is searched, as text. */
    public String searched() {
        IndexType.Parameter named = index.type().effort();
        return (named == null ? "scan" : named.text(effort))
                + (index.type().coded() ? ", " + candidates + " rescored" : "");
    }
}
