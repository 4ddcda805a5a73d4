package io.github.linfhash.quantizers.engine;

import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.scalar.Floats;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.Locale;

/** SQL for PostgreSQL with pgvector 0.7 or newer: for a table with a column {@code id} and a column of the type {@code vector}. */
final class Pgvector {
    /** The most dimensions of the type {@code vector}. */
    static final int MOST_DIMENSIONS = 16_000;

    /** The most dimensions of an HNSW index of {@code halfvec}. */
    static final int MOST_HALF_DIMENSIONS = 4_000;

    /** The most rows that an HNSW index returns: the largest value of {@code hnsw.ef_search}. */
    static final int MOST_CANDIDATES = 1_000;

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
                UPDATE %3$s SET %8$s = %8$s;
                CREATE INDEX ON %3$s USING hnsw (%4$s bit_hamming_ops);
                """,
                        mean,
                        unit.replace("%s", column),
                        names.quotedTable(),
                        stored,
                        bits,
                        names.besideTable("_bits"),
                        code.replace("%s", "NEW." + column),
                        column)
                + search(stored + " <~> " + code.replace("%s", "$1::vector"), search, names);
    }

    private static String search(String order, Offer.Search search, SqlNames names) {
        return String.format(
                Locale.ROOT,
                """
                -- In each session:
                SET hnsw.ef_search = %d;
                -- Each search, for the query vector $1:
                SELECT id FROM (
                    SELECT id, %2$s FROM %3$s
                    ORDER BY %4$s LIMIT %5$d) candidates
                ORDER BY %2$s %6$s $1::vector LIMIT %7$d;
                """,
                Math.min(MOST_CANDIDATES, search.graphCandidates()),
                names.quotedColumn(),
                names.quotedTable(),
                order,
                search.candidates(),
                operator(search.similarity()),
                search.neighbors());
    }

    private static String operator(Similarity similarity) {
        return switch (similarity) {
            case COSINE -> "<=>";
            case DOT -> "<#>";
            case EUCLIDEAN -> "<->";
        };
    }
}
