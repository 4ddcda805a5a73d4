package io.github.linfhash.advisor.engine;

import io.github.linfhash.codes.Similarity;
import java.util.Locale;

/** Python for Redis 8 (client 6 or newer) and sqlite-vec 0.1.9, and where their codes are from. */
final class Python {
    static final String REDIS = "run in Redis 8.0; it rescores nothing, as it keeps no full-precision vectors";
    static final String SQLITE = "run in sqlite-vec 0.1.9; it rescores nothing by itself";

    /** The most that {@code k} of sqlite-vec may be. */
    static final int MOST_SQLITE_CANDIDATES = 4096;

    private Python() {}

    /** Returns lines that rescore by the vectors of the program. */
    static String redis(String quantization, Engine.Search search) {
        return String.format(
                Locale.ROOT, """
                import numpy
                import redis
                # vectors and each query are NumPy arrays of float32.
                server = redis.Redis()
                for row, vector in enumerate(vectors):
                    server.execute_command("VADD", "items", "FP32", vector.tobytes(), row, "%s")
                def search(query):
                    found = server.execute_command("VSIM", "items", "FP32", query.tobytes(), "COUNT", %d, "EF", %d)
                    candidates = numpy.array([int(row) for row in found])
                    exact = vectors[candidates]
                    scores = exact @ query / numpy.linalg.norm(exact, axis=1)
                    return candidates[numpy.argsort(-scores)[:%d]]
                """, quantization, search.candidates(), search.graphCandidates(), search.neighbors());
    }

    /**
     * Returns lines that rescore in SQL; all codes are scanned.
     *
     * @param type of the column, for a dimension
     * @param code what makes a code of a parameter
     */
    static String sqlite(String type, String code, Engine.Search search) {
        return String.format(
                Locale.ROOT,
                """
                import sqlite3
                import sqlite_vec
                # vectors and each query are NumPy arrays of float32.
                database = sqlite3.connect("items.db")
                database.enable_load_extension(True)
                sqlite_vec.load(database)
                database.execute("CREATE VIRTUAL TABLE items USING vec0(id INTEGER PRIMARY KEY, code %1$s, +embedding BLOB)")
                database.executemany("INSERT INTO items VALUES (?, %2$s, ?)",
                                     ((row, vector.tobytes(), vector.tobytes()) for row, vector in enumerate(vectors)))
                database.commit()
                def search(query):
                    found = database.execute(""\"
                        SELECT id FROM (SELECT id, embedding FROM items WHERE code MATCH %2$s AND k = %3$d)
                        ORDER BY vec_distance_%4$s(embedding, ?) LIMIT %5$d""\", (query.tobytes(), query.tobytes()))
                    return [row for row, in found]
                """,
                String.format(Locale.ROOT, type, search.dimension()),
                code,
                search.candidates(),
                search.similarity() == Similarity.COSINE ? "cosine" : "L2",
                search.neighbors());
    }
}
