package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import java.util.Locale;

/**
 * Codes of a column of the type {@code vector} as SQL of pgvector: what an index is built over, and the order in which a search takes its
 * candidates.
 *
 * @param kind of the codes
 * @param names the table, its column and its key
 * @param dimension of the vectors
 * @param similarity by which vectors are near
 */
public record PgvectorCodes(Kind kind, SqlNames names, int dimension, Similarity similarity) {
    /** A line that says where a filter goes. */
    public static final String FILTER =
            "-- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)";

    /** A line that says how to see whether a search uses the index. */
    public static final String PLAN =
            "-- EXPLAIN names the index if the search uses it. A small table may be scanned instead, which finds all that the codes find.";

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

    /** A remark about names that nobody chose, with a line break at its end; empty for others. */
    public String remark() {
        return names.equals(SqlNames.EXAMPLE)
                ? "-- If your table, its key or its column has another name, replace it, or pass --table, --key-column or --column.\n"
                : "";
    }

    /**
     * Returns what has to be there before the index, with a line break at its end: for mean-centered bits a function of a vector, with the mean of the
     * vectors that the table has, unless there is one. Neither a column nor a trigger is needed, so that the table stays as it is.
     */
    public String prepare() {
        if (kind != Kind.CENTERED_BIT) {
            return "";
        }
        String name = names.inSchema(function());
        String start = "CREATE FUNCTION " + name
                + "(v vector) RETURNS bit LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN binary_quantize(" + unit("v")
                + " - ";
        return String.format(
                Locale.ROOT,
                """
                -- Makes a function with the mean of the vectors that the table has now. It needs PostgreSQL 14 or newer.
                DO $linfhash$
                DECLARE
                    center text;
                BEGIN
                    IF to_regprocedure(%1$s) IS NULL THEN
                        SELECT avg(%2$s) INTO center FROM %3$s;
                        IF center IS NULL THEN
                            RAISE EXCEPTION 'expected vectors in the table, whose mean is needed, found none';
                        END IF;
                        EXECUTE %4$s || quote_literal(center) || '::vector)';
                    END IF;
                END $linfhash$;
                """,
                SqlNames.literal(name + "(vector)"),
                unit(names.quotedColumn() + "::vector"),
                names.quotedTable(),
                SqlNames.literal(start));
    }

    /** Returns a statement that removes what {@link #prepare} made, without its end; empty if that was nothing. */
    public String removePrepared() {
        return kind == Kind.CENTERED_BIT ? "DROP FUNCTION IF EXISTS " + names.inSchema(function()) + "(vector)" : "";
    }

    private String function() {
        return names.nameFor("bits", "of " + unit("v"));
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
            case CENTERED_BIT -> names.inSchema(function()) + "(" + vector + ")::bit(" + dimension + ")";
        };
    }

    /** The code of the rows. */
    private String stored() {
        return code(names.quotedColumn() + (kind == Kind.CENTERED_BIT ? "::vector" : ""));
    }

    /**
     * The statement that builds an index, without its end.
     *
     * @param name of the index
     * @param method such as {@code hnsw}
     * @param parameters such as {@code m = 16}; may be empty
     */
    public String index(String name, String method, String parameters) {
        return "CREATE INDEX " + SqlNames.quoted(name) + over(method, parameters);
    }

    /**
     * The statements that build an index unless it is there, and a comment with those that remove it, each with a line break at its end.
     *
     * @param concurrently whether the table is in use meanwhile
     */
    public String indexOnce(String method, String parameters, boolean concurrently) {
        String over = over(method, parameters);
        String name = names.nameFor(method + "_" + kind.name().toLowerCase(Locale.ROOT), over);
        String removed = removePrepared();
        return "CREATE INDEX " + (concurrently ? "CONCURRENTLY " : "") + "IF NOT EXISTS " + SqlNames.quoted(name) + over
                + ";\n" + "-- To undo: DROP INDEX IF EXISTS " + names.inSchema(name) + ";"
                + (removed.isEmpty() ? "" : " " + removed + ";") + "\n";
    }

    private String over(String method, String parameters) {
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
        return String.format(
                Locale.ROOT,
                " ON %s USING %s (%s %s)%s",
                names.quotedTable(),
                method,
                kind == Kind.VECTOR ? stored() : "(" + stored() + ")",
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
                SELECT %1$s FROM (
                    SELECT %1$s, %2$s FROM %3$s%4$s
                    ORDER BY %5$s LIMIT %6$d) candidates
                ORDER BY %7$s LIMIT %8$d""",
                names.quotedKey(),
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
