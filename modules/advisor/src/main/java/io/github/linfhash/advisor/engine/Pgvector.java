package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.Locale;

/**
 * SQL for PostgreSQL with pgvector 0.8 or newer: for a table with a primary key {@code id} and a column of the type {@code vector}.
 *
 * <p>Every search rescores its candidates by the vectors. The order in which the index returns them thus does not matter, and the scan goes on
 * in {@code relaxed_order}, which finds more than {@code strict_order}.
 */
final class Pgvector {
    /** The most dimensions of the type {@code vector}. */
    static final int MOST_DIMENSIONS = 16_000;

    /** The most dimensions of an HNSW index of {@code halfvec}. */
    static final int MOST_HALF_DIMENSIONS = 4_000;

    /** The most rows that an HNSW index returns: the largest value of {@code hnsw.ef_search}. */
    static final int MOST_CANDIDATES = 1_000;

    /** With less, the graph of an HNSW index misses more neighbors than codes do. */
    private static final int LEAST_GRAPH_CANDIDATES = 200;

    private Pgvector() {}

    static String halfvec(Floats.Options options, EngineCode.Search search, SqlNames names) {
        return paste(PgvectorCodes.Kind.HALFVEC, options.dimensions(), search, names);
    }

    static String bits(Sign.Options options, EngineCode.Search search, SqlNames names) {
        return paste(
                options.centered() ? PgvectorCodes.Kind.CENTERED_BIT : PgvectorCodes.Kind.BIT,
                options.bits(),
                search,
                names);
    }

    private static String paste(PgvectorCodes.Kind kind, int dimension, EngineCode.Search search, SqlNames names) {
        PgvectorCodes codes = new PgvectorCodes(kind, names, dimension, search.similarity());
        return codes.prepare()
                + codes.index("", "hnsw", "")
                + ";\n"
                + String.format(
                        Locale.ROOT,
                        """
                        -- In each session:
                        %sSET hnsw.ef_search = %d;
                        SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                        -- Each search, for the query vector $1:
                        %s;
                        """,
                        remarks(search),
                        graphCandidates(search),
                        codes.search(
                                "$1::vector",
                                "-- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)",
                                search.candidates(),
                                search.neighbors()));
    }

    /** {@code hnsw.ef_search}: twice the LIMIT of the inner query, within what is worth it and what pgvector allows. */
    private static int graphCandidates(EngineCode.Search search) {
        return Math.min(MOST_CANDIDATES, Math.max(LEAST_GRAPH_CANDIDATES, 2 * search.candidates()));
    }

    private static String remarks(EngineCode.Search search) {
        String graph =
                "-- The promised recall is that of the codes. The HNSW graph misses some of them: 'linfhash measure' measures it.\n";
        return 2 * search.candidates() <= MOST_CANDIDATES
                ? graph
                : graph
                        + String.format(
                                Locale.ROOT,
                                "-- hnsw.ef_search should be twice the LIMIT of %d, but pgvector allows at most %d, so the graph misses"
                                        + " more.\n",
                                search.candidates(),
                                MOST_CANDIDATES);
    }
}
