package io.github.linfhash.engines.pgvector;

import java.io.IOException;
import java.sql.SQLException;

/**
 * Work with a database, whose failures are the causes of an {@link IOException} outside of this package.
 *
 * @param <T> the result
 */
@FunctionalInterface
interface Sql<T> {
    T run() throws SQLException, IOException;

    /** Does work. */
    static <T> T io(Sql<T> work) throws IOException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
