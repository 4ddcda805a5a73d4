package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import java.util.List;
import java.util.Locale;

/**
 * An index, and how it is searched.
 *
 * @param index as it is built
 * @param effort {@code hnsw.ef_search} or {@code ivfflat.probes}
 * @param candidates how many rows are rescored by their vectors
 */
public record Setting(IndexSpec index, int effort, int candidates) {
    private static final String ITERATIVE = "relaxed_order";

    /** The statements of a session, without their ends. */
    List<String> session() {
        return session(ITERATIVE);
    }

    /** The statements of a session that continues a search with too few rows, or not. */
    List<String> session(String iterative) {
        String method = index.graph() ? "hnsw" : "ivfflat";
        return List.of(
                "SET " + index.effortName() + " = " + effort, "SET " + method + ".iterative_scan = " + iterative);
    }

    /** The statements that make the index of a table, as a user pastes them. */
    public String create(PgvectorCodes codes) {
        return codes.prepare()
                + codes.index("", index.type().method().name().toLowerCase(Locale.ROOT), index.parameters()) + ";\n";
    }

    /** The statements of a session and a search, for psql with the variable {@code query}. */
    public String search(PgvectorCodes codes, int neighbors) {
        return String.join(";\n", session()) + ";\n" + codes.search(":'query'::vector", "", candidates, neighbors)
                + ";\n";
    }
}
