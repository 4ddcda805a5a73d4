package io.github.linfhash.engines.database;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;
import org.postgresql.copy.PGCopyOutputStream;

/** Tables of vectors: a user's is read, and one of our own is filled. */
public final class VectorTables {
    private static final int BUFFER = 1 << 16;

    /** So that seldom too few rows are drawn. */
    private static final double MARGIN = 1.1;

    /**
     * The rows that a table has now, as the planner estimates them: those of the last ANALYZE, times the pages that it has more since then;
     * negative if nothing is known.
     */
    private static final String ESTIMATE =
            "SELECT CASE WHEN relkind NOT IN ('r', 'm') THEN reltuples WHEN relpages > 0 THEN"
                    + " reltuples / relpages * (pg_relation_size(oid) / current_setting('block_size')::int) ELSE -1 END";

    private VectorTables() {}

    /**
     * Rows of a table.
     *
     * @param vectors those that are there
     * @param keys of the same rows as text; none if the table has no such column
     * @param filters values of the same rows as text, empty for NULL; none unless asked for
     * @param without how many rows have no vector and are left out
     */
    public record Sample(FeatureMatrix vectors, List<String> keys, List<String> filters, int without) {
        public Sample {
            keys = List.copyOf(keys);
            filters = List.copyOf(filters);
        }
    }

    /**
     * Reads a random sample of a table, in a transaction that only reads.
     *
     * @param names of the table, its column, of a type that can be cast to {@code vector}, and its key
     * @param filter a column whose values filters ask for; null for none
     * @param most about how many rows
     * @param seed of the sample
     * @param seconds after which the server stops reading
     * @throws InputException if there are no vectors, or their dimensions differ
     */
    public static Sample sample(
            Connection connection, SqlNames names, @Nullable String filter, long most, long seed, int seconds)
            throws SQLException, IOException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try {
            Database.execute(connection, "SET LOCAL statement_timeout = '" + seconds + "s'");
            String table = SqlNames.literal(names.quotedTable()) + "::regclass";
            double rows =
                    Double.parseDouble(Database.value(connection, ESTIMATE + " FROM pg_class WHERE oid = " + table));
            if (rows < 0) {
                rows = Double.parseDouble(Database.value(connection, "SELECT count(*) FROM " + names.quotedTable()));
            }
            double percent = Math.min(100, 100 * MARGIN * most / Math.max(1, rows));
            String sampled = percent < 100
                    ? isStored(connection, table)
                            ? String.format(Locale.ROOT, " TABLESAMPLE BERNOULLI (%.6f) REPEATABLE (%d)", percent, seed)
                            : String.format(Locale.ROOT, " WHERE random() < %.8f", percent / 100)
                    : "";
            Database.execute(connection, "SELECT setseed(" + seed / (double) Integer.MAX_VALUE + ")");
            boolean hasKey = !Database.column(
                            connection,
                            "SELECT 1 FROM pg_attribute WHERE attrelid = " + table
                                    + " AND NOT attisdropped AND attname = " + SqlNames.literal(names.plainKey()))
                    .isEmpty();
            String sql = "COPY (SELECT " + (hasKey ? names.quotedKey() + "::text" : "NULL::text") + ", "
                    + (filter == null ? "NULL" : SqlNames.quotedColumn("--filter-column", filter)) + "::text, "
                    + names.quotedColumn() + "::vector FROM " + names.quotedTable() + sampled
                    + ") TO STDOUT (FORMAT binary)";
            Sample sample = read(connection, sql, names.table() + "." + names.column());
            return new Sample(
                    sample.vectors(),
                    hasKey ? sample.keys() : List.of(),
                    filter == null ? List.of() : sample.filters(),
                    sample.without());
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        }
    }

    /** Whether it is a table, partitioned or not, or a materialized view: PostgreSQL samples no others. */
    private static boolean isStored(Connection connection, String table) throws SQLException {
        return "rpm".contains(Database.value(connection, "SELECT relkind FROM pg_class WHERE oid = " + table));
    }

    private static Sample read(Connection connection, String sql, String name) throws SQLException, IOException {
        try (InputStream in =
                new BufferedInputStream(new PGCopyInputStream(connection.unwrap(PGConnection.class), sql), BUFFER)) {
            return BinaryCopy.read(in, name);
        } catch (IOException e) {
            throw ofServer(e);
        }
    }

    private static IOException ofServer(IOException failure) throws SQLException {
        if (failure.getCause() instanceof SQLException reason) {
            throw reason;
        }
        return failure;
    }

    /**
     * Fills a table of the columns id, embedding and further ones.
     *
     * @param table its name, quoted
     * @param more the values of the further columns
     */
    public static void fill(Connection connection, String table, FeatureMatrix vectors, List<int[]> more)
            throws SQLException, IOException {
        try (OutputStream out = new PGCopyOutputStream(
                connection.unwrap(PGConnection.class), "COPY " + table + " FROM STDIN (FORMAT binary)", BUFFER)) {
            BinaryCopy.write(out, vectors, more);
        } catch (IOException e) {
            throw ofServer(e);
        }
    }
}
