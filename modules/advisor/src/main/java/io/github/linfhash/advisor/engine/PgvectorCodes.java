package io.github.linfhash.advisor.engine;

import io.github.linfhash.quantizers.Similarity;
import java.util.Locale;

/**
 * Codes of a column of the type {@code vector} as SQL of pgvector: what an index is built over, and the order in which a search takes its
 * candidates.
 *
 * @param kind of the codes
 * @param names the table, which has the primary key {@code id}, and its column
 * @param dimension of the vectors
 * @param similarity by which vectors are near
 */
public record PgvectorCodes(Kind kind, SqlNames names, int dimension, Similarity similarity) {
    /** A line that says where a filter goes. */
    public static final String FILTER =
            "-- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)";

    /** The rows that one transaction fills. */
    private static final int BATCH = 10_000;

    /** The kinds of codes. */
    public enum Kind {
        /** The vectors themselves, in float32. */
        VECTOR(2_000),
        /** The vectors in float16. */
        HALFVEC(4_000),
        /** The signs of the coordinates. */
        BIT(16_000),
        /** The signs of the coordinates less their means. */
        CENTERED_BIT(16_000);

        private final int mostDimensions;

        Kind(int mostDimensions) {
            this.mostDimensions = mostDimensions;
        }

        /** The most dimensions of vectors whose codes an index takes. */
        public int mostDimensions() {
            return mostDimensions;
        }

        /** The bytes of a code. */
        public int bytes(int dimension) {
            return switch (this) {
                case VECTOR -> Float.BYTES * dimension;
                case HALFVEC -> 2 * dimension;
                case BIT, CENTERED_BIT -> (dimension + 7) / 8;
            };
        }
    }

    /**
     * Returns what has to be there before the index, each statement with a line break at its end: for mean-centered bits the mean, a column
     * and a trigger that computes the bits of rows, those that are there already included.
     */
    public String prepare() {
        if (kind != Kind.CENTERED_BIT) {
            return "";
        }
        String column = names.quotedColumn();
        return mean() + ";\n"
                + String.format(
                        Locale.ROOT,
                        """
                ALTER TABLE %1$s ADD COLUMN %2$s bit(%3$d);
                CREATE FUNCTION %4$s() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.%2$s := %5$s;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER %2$s BEFORE INSERT OR UPDATE OF %6$s ON %1$s FOR EACH ROW EXECUTE FUNCTION %4$s();
                -- Fills the column in batches of %7$d rows. Run it outside of a transaction block; after an interruption, run it again.
                DO $$
                DECLARE
                    batch_start %1$s.id%%TYPE;
                    batch_end %1$s.id%%TYPE;
                BEGIN
                    SELECT id INTO batch_start FROM %1$s ORDER BY id LIMIT 1;
                    WHILE batch_start IS NOT NULL LOOP
                        SELECT id INTO batch_end FROM (
                            SELECT id FROM %1$s WHERE id >= batch_start ORDER BY id LIMIT %7$d) batch ORDER BY id DESC LIMIT 1;
                        UPDATE %1$s SET %6$s = %6$s WHERE id BETWEEN batch_start AND batch_end AND %2$s IS NULL;
                        COMMIT;
                        SELECT id INTO batch_start FROM %1$s WHERE id > batch_end ORDER BY id LIMIT 1;
                    END LOOP;
                END $$;
                """,
                        names.quotedTable(),
                        names.besideColumn("_bits"),
                        dimension,
                        names.besideTable("_bits"),
                        code("NEW." + column),
                        column,
                        BATCH);
    }

    /** The table of the mean that mean-centered bits need, as one statement. */
    public String mean() {
        return String.format(
                Locale.ROOT,
                "CREATE TABLE %s AS SELECT avg(%s) AS mean FROM %s",
                names.besideTable("_mean"),
                unit(names.quotedColumn()),
                names.quotedTable());
    }

    private String unit(String vector) {
        return similarity == Similarity.COSINE ? "l2_normalize(" + vector + ")" : vector;
    }

    /** The code of an expression of the type {@code vector}. */
    public String code(String vector) {
        return switch (kind) {
            case VECTOR -> vector;
            case HALFVEC -> vector + "::halfvec(" + dimension + ")";
            case BIT -> "binary_quantize(" + vector + ")::bit(" + dimension + ")";
            case CENTERED_BIT ->
                "binary_quantize(" + unit(vector) + " - (SELECT mean FROM " + names.besideTable("_mean") + "))::bit("
                        + dimension + ")";
        };
    }

    /** The code of the rows. */
    private String stored() {
        return kind == Kind.CENTERED_BIT ? names.besideColumn("_bits") : code(names.quotedColumn());
    }

    /**
     * The statement that builds an index, without its end.
     *
     * @param name of the index; empty for the one that PostgreSQL chooses
     * @param method such as {@code hnsw}
     * @param parameters such as {@code m = 16}; may be empty
     */
    public String index(String name, String method, String parameters) {
        String operators = switch (kind) {
            case VECTOR -> "vector_";
            case HALFVEC -> "halfvec_";
            case BIT, CENTERED_BIT -> "bit_hamming_ops";
        };
        if (operators.endsWith("_")) {
            operators += switch (similarity) {
                case COSINE -> "cosine_ops";
                case DOT -> "ip_ops";
                case EUCLIDEAN -> "l2_ops";
            };
        }
        boolean column = kind == Kind.VECTOR || kind == Kind.CENTERED_BIT;
        return String.format(
                Locale.ROOT,
                "CREATE INDEX %sON %s USING %s (%s %s)%s",
                name.isEmpty() ? "" : SqlNames.quoted(name) + " ",
                names.quotedTable(),
                method,
                column ? stored() : "(" + stored() + ")",
                operators,
                parameters.isEmpty() ? "" : " WITH (" + parameters + ")");
    }

    /** The distance of codes by which an index orders rows. */
    public String distance(String query) {
        String operator = kind == Kind.BIT || kind == Kind.CENTERED_BIT ? "<~>" : operator();
        return stored() + " " + operator + " " + code(query);
    }

    /** The distance of vectors. */
    public String exactDistance(String query) {
        return names.quotedColumn() + " " + operator() + " " + query;
    }

    /**
     * A search, without its end: candidates by their codes, rescored by their vectors.
     *
     * @param query an expression of the type {@code vector}
     * @param filter a condition or a comment, as a line of its own; may be empty
     * @param candidates how many are rescored
     * @param neighbors how many are returned
     */
    public String search(String query, String filter, int candidates, int neighbors) {
        return String.format(
                Locale.ROOT,
                """
                SELECT id FROM (
                    SELECT id, %s FROM %s%s
                    ORDER BY %s LIMIT %d) candidates
                ORDER BY %s LIMIT %d""",
                names.quotedColumn(),
                names.quotedTable(),
                filter.isEmpty() ? "" : "\n    " + filter,
                distance(query),
                candidates,
                exactDistance(query),
                neighbors);
    }

    private String operator() {
        return switch (similarity) {
            case COSINE -> "<=>";
            case DOT -> "<#>";
            case EUCLIDEAN -> "<->";
        };
    }
}
