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
        String operator = kind == Kind.BIT || kind == Kind.CENTERED_BIT ? "<~>" : operator(similarity);
        return stored() + " " + operator + " " + code(query);
    }

    /** The distance of vectors. */
    public String exactDistance(String query) {
        return names.quotedColumn() + " " + operator(similarity) + " " + query;
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

    /** Returns the operator of a distance of vectors. */
    public static String operator(Similarity similarity) {
        return switch (similarity) {
            case COSINE -> "<=>";
            case DOT -> "<#>";
            case EUCLIDEAN -> "<->";
        };
    }

    /**
     * Returns SQL for pgvector 0.8 or newer to paste, for a table with a key and a column of the type {@code vector}. It can be run twice, and
     * changes nothing of the table.
     *
     * <p>Every search rescores its candidates by the vectors. The order in which the index returns them thus does not matter, and the scan goes on
     * in {@code relaxed_order}, which finds more than {@code strict_order}.
     */
    String paste(Engine.Search search) {
        return remark()
                + prepare()
                + create(search.rows())
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
                        PLAN,
                        search(":'query'::vector", FILTER, search.candidates(), search.neighbors()));
    }

    private String create(int rows) {
        if (rows <= LARGE) {
            return indexOnce("hnsw", PARAMETERS, false);
        }
        double bytes = rows * HnswSize.buildBytesPerRow(kind.bytes(dimension));
        return String.format(
                Locale.ROOT,
                """
                -- Outside of a transaction block. The build takes about %1$.1f GB of memory; with less, it takes much longer. If it is interrupted,
                -- run the line that undoes it first.
                SET maintenance_work_mem = '%2$dGB';
                %3$s""",
                bytes / GIGABYTE,
                (long) Math.ceil(bytes / GIBIBYTE),
                indexOnce("hnsw", PARAMETERS, true));
    }

    /** {@code hnsw.ef_search}: twice the LIMIT of the inner query, but enough for the target, and within what pgvector allows. */
    private static int graphCandidates(Engine.Search search) {
        return (int) Math.min(
                MOST_CANDIDATES, Math.max(Math.round(OF_LOSS / (1 - search.target())), 2L * search.candidates()));
    }

    private static String remarks(Engine.Search search) {
        String graph =
                "-- The promised recall is that of the codes. The HNSW graph misses some of them: 'linfhash measure' measures it.\n";
        return graph
                + (2 * search.candidates() <= MOST_CANDIDATES
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "-- hnsw.ef_search should be twice the LIMIT of %d, but pgvector allows at most %d, so the graph misses"
                                        + " more.\n",
                                search.candidates(),
                                MOST_CANDIDATES));
    }
}
