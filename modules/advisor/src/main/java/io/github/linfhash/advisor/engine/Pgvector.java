package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.Locale;

/**
 * SQL for PostgreSQL with pgvector 0.8 or newer: for a table with a key and a column of the type {@code vector}. It can be run twice, and changes
 * nothing of the table.
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

    /**
     * {@code hnsw.ef_search} is at least this, divided by the recall that may be lost: 200 for 0.95 and 1,000 for 0.99. Of 40,000 descriptions, the graph of
     * halfvec loses 0.036 of the recall of spoken commands with 200, and 0.008 with 1,000.
     */
    private static final double OF_LOSS = 10;

    /** A graph of twice the build time and as many bytes that loses half as much as one of pgvector's defaults. */
    private static final String PARAMETERS = "m = 16, ef_construction = 200";

    /** A table with more rows is in use while its index is built, which takes long. */
    private static final int LARGE = 1_000_000;

    private static final double GIGABYTE = 1e9;
    private static final double GIBIBYTE = 1 << 30;

    private Pgvector() {}

    static String halfvec(Floats.Options options, Engine.Search search, SqlNames names) {
        return paste(PgvectorCodes.Kind.HALFVEC, options.dimensions(), search, names);
    }

    static String bits(Sign.Options options, Engine.Search search, SqlNames names) {
        return paste(
                options.centered() ? PgvectorCodes.Kind.CENTERED_BIT : PgvectorCodes.Kind.BIT,
                options.bits(),
                search,
                names);
    }

    private static String paste(PgvectorCodes.Kind kind, int dimension, Engine.Search search, SqlNames names) {
        PgvectorCodes codes = new PgvectorCodes(kind, names, dimension, search.similarity());
        return codes.remark()
                + codes.prepare()
                + create(codes, search.rows())
                + String.format(
                        Locale.ROOT,
                        """
                        -- In each session:
                        %sSET hnsw.ef_search = %d;
                        SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                        -- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'
                        %s
                        %s;
                        """,
                        remarks(search),
                        graphCandidates(search),
                        PgvectorCodes.PLAN,
                        codes.search(
                                ":'query'::vector", PgvectorCodes.FILTER, search.candidates(), search.neighbors()));
    }

    private static String create(PgvectorCodes codes, int rows) {
        if (rows <= LARGE) {
            return codes.indexOnce("hnsw", PARAMETERS, false);
        }
        double bytes = rows * HnswSize.buildBytesPerRow(codes.kind().bytes(codes.dimension()));
        return String.format(
                Locale.ROOT,
                """
                -- Outside of a transaction block. The build takes about %1$.1f GB of memory; with less, it takes much longer. If it is interrupted,
                -- run the line that undoes it first.
                SET maintenance_work_mem = '%2$dGB';
                %3$s""",
                bytes / GIGABYTE,
                (long) Math.ceil(bytes / GIBIBYTE),
                codes.indexOnce("hnsw", PARAMETERS, true));
    }

    /** {@code hnsw.ef_search}: twice the LIMIT of the inner query, but enough for the target, and within what pgvector allows. */
    private static int graphCandidates(Engine.Search search) {
        return (int) Math.min(
                MOST_CANDIDATES, Math.max(Math.round(OF_LOSS / (1 - search.target())), 2L * search.candidates()));
    }

    private static String remarks(Engine.Search search) {
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
