package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.Similarity;
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

    /** The rows that one transaction fills. */
    private static final int BATCH = 10_000;

    private Pgvector() {}

    static String halfvec(Floats.Options options, Offer.Search search, SqlNames names) {
        String half = "%s::halfvec(" + options.dimensions() + ")";
        String operators = switch (search.similarity()) {
            case COSINE -> "halfvec_cosine_ops";
            case DOT -> "halfvec_ip_ops";
            case EUCLIDEAN -> "halfvec_l2_ops";
        };
        String stored = half.replace("%s", names.quotedColumn());
        return String.format(
                        Locale.ROOT,
                        "CREATE INDEX ON %s USING hnsw ((%s) %s);\n",
                        names.quotedTable(),
                        stored,
                        operators)
                + search(
                        stored + " " + operator(search.similarity()) + " " + half.replace("%s", "$1::vector"),
                        search,
                        names);
    }

    static String bits(Sign.Options options, Offer.Search search, SqlNames names) {
        return options.centered() ? centered(options.bits(), search, names) : plain(options.bits(), search, names);
    }

    private static String plain(int bits, Offer.Search search, SqlNames names) {
        String code = "binary_quantize(%s)::bit(" + bits + ")";
        String stored = code.replace("%s", names.quotedColumn());
        return String.format(
                        Locale.ROOT,
                        "CREATE INDEX ON %s USING hnsw ((%s) bit_hamming_ops);\n",
                        names.quotedTable(),
                        stored)
                + search(stored + " <~> " + code.replace("%s", "$1::vector"), search, names);
    }

    /** A trigger computes the bits of rows, those that are there already included. */
    private static String centered(int bits, Offer.Search search, SqlNames names) {
        String unit = search.similarity() == Similarity.COSINE ? "l2_normalize(%s)" : "%s";
        String mean = names.besideTable("_mean");
        String code = "binary_quantize(" + unit + " - (SELECT mean FROM " + mean + "))::bit(" + bits + ")";
        String column = names.quotedColumn();
        String stored = names.besideColumn("_bits");
        return String.format(
                        Locale.ROOT,
                        """
                CREATE TABLE %1$s AS SELECT avg(%2$s) AS mean FROM %3$s;
                ALTER TABLE %3$s ADD COLUMN %4$s bit(%5$d);
                CREATE FUNCTION %6$s() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.%4$s := %7$s;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER %4$s BEFORE INSERT OR UPDATE OF %8$s ON %3$s FOR EACH ROW EXECUTE FUNCTION %6$s();
                -- Fills the column in batches of %9$d rows. Run it outside of a transaction block; after an interruption, run it again.
                DO $$
                DECLARE
                    batch_start %3$s.id%%TYPE;
                    batch_end %3$s.id%%TYPE;
                BEGIN
                    SELECT id INTO batch_start FROM %3$s ORDER BY id LIMIT 1;
                    WHILE batch_start IS NOT NULL LOOP
                        SELECT id INTO batch_end FROM (
                            SELECT id FROM %3$s WHERE id >= batch_start ORDER BY id LIMIT %9$d) batch ORDER BY id DESC LIMIT 1;
                        UPDATE %3$s SET %8$s = %8$s WHERE id BETWEEN batch_start AND batch_end AND %4$s IS NULL;
                        COMMIT;
                        SELECT id INTO batch_start FROM %3$s WHERE id > batch_end ORDER BY id LIMIT 1;
                    END LOOP;
                END $$;
                CREATE INDEX ON %3$s USING hnsw (%4$s bit_hamming_ops);
                """,
                        mean,
                        unit.replace("%s", column),
                        names.quotedTable(),
                        stored,
                        bits,
                        names.besideTable("_bits"),
                        code.replace("%s", "NEW." + column),
                        column,
                        BATCH)
                + search(stored + " <~> " + code.replace("%s", "$1::vector"), search, names);
    }

    private static String search(String order, Offer.Search search, SqlNames names) {
        return String.format(
                Locale.ROOT,
                """
                -- In each session:
                %8$sSET hnsw.ef_search = %1$d;
                SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                -- Each search, for the query vector $1:
                SELECT id FROM (
                    SELECT id, %2$s FROM %3$s
                    -- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)
                    ORDER BY %4$s LIMIT %5$d) candidates
                ORDER BY %2$s %6$s $1::vector LIMIT %7$d;
                """,
                graphCandidates(search),
                names.quotedColumn(),
                names.quotedTable(),
                order,
                search.candidates(),
                operator(search.similarity()),
                search.neighbors(),
                remarks(search));
    }

    /** {@code hnsw.ef_search}: twice the LIMIT of the inner query, within what is worth it and what pgvector allows. */
    private static int graphCandidates(Offer.Search search) {
        return Math.min(MOST_CANDIDATES, Math.max(LEAST_GRAPH_CANDIDATES, 2 * search.candidates()));
    }

    private static String remarks(Offer.Search search) {
        String graph =
                "-- The promised recall is that of the codes. The HNSW graph misses some of them, and is not measured.\n";
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

    private static String operator(Similarity similarity) {
        return switch (similarity) {
            case COSINE -> "<=>";
            case DOT -> "<#>";
            case EUCLIDEAN -> "<->";
        };
    }
}
