package io.github.linfhash.engines.pgvector;

import io.github.linfhash.engines.measure.Queries;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Work with a database, whose failures are the causes of an {@link IOException} outside of this package.
 *
 * @param <T> the result
 */
@FunctionalInterface
interface Sql<T> {
    T run() throws SQLException, IOException;

    /** A query as pgvector reads it. */
    static String literal(Queries queries, int query) {
        return Arrays.toString(queries.given(query)).replace(" ", "");
    }

    /** Does work. */
    static <T> T io(Sql<T> work) throws IOException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
