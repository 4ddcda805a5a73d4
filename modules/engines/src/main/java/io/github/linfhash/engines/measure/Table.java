package io.github.linfhash.engines.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.engines.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A table of vectors with at most one index, and searches in it.
 *
 * @param codes of its column
 * @param rows how many it has
 */
record Table(PgvectorCodes codes, int rows) {
    private static final double NANOS_OF_MILLI = 1e6;
    private static final double NANOS_OF_SECOND = 1e9;
    private static final String INDEX = "linfhash_measured";

    /**
     * A finished build.
     *
     * @param spec of the index
     * @param rows of the table
     * @param indexBytes of the index
     * @param heapBytes of the table without indexes
     * @param seconds that the build took
     * @param inMemory whether the graph fitted into the memory of the build
     * @param memory that the build takes, estimated, in bytes
     */
    record Built(
            IndexSpec spec, int rows, long indexBytes, long heapBytes, double seconds, boolean inMemory, long memory) {}

    /** Builds an index, unless it takes longer than some seconds. */
    Built build(Connection connection, IndexSpec spec, double seconds) throws SQLException {
        return build(connection, spec, seconds, "");
    }

    /** Builds an index of the rows with a condition, which begins with a blank and WHERE, or of all. */
    Built build(Connection connection, IndexSpec spec, double seconds, String where) throws SQLException {
        Database.execute(connection, "SET statement_timeout = " + Math.max(1, (long) (1000 * seconds)));
        long start = System.nanoTime();
        boolean inMemory = true;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    codes.index(INDEX, spec.type().method().name().toLowerCase(Locale.ROOT), spec.parameters())
                            + where);
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                inMemory &= !String.valueOf(warning.getMessage()).contains("no longer fits into maintenance_work_mem");
            }
        } finally {
            if (!connection.isClosed()) {
                Database.execute(connection, "SET statement_timeout = 0");
            }
        }
        double took = (System.nanoTime() - start) / NANOS_OF_SECOND;
        return new Built(
                spec,
                rows,
                Long.parseLong(Database.value(connection, "SELECT pg_relation_size('" + index() + "')")),
                Long.parseLong(Database.value(
                        connection, "SELECT pg_table_size('" + codes.names().quotedTable() + "')")),
                took,
                inMemory,
                spec.buildMemory(rows, codes.dimension()));
    }

    private String index() {
        String table = codes.names().table();
        return table.substring(0, table.indexOf('.') + 1) + INDEX;
    }

    void dropIndex(Connection connection) throws SQLException {
        Database.execute(connection, "DROP INDEX IF EXISTS " + index());
    }

    /** The first rows by code for the first queries, in the order of the index, or by an exact scan of the codes. */
    List<int[]> byCode(Connection connection, Setting setting, Queries queries, int count, boolean exact)
            throws SQLException {
        for (String statement : setting.session()) {
            Database.execute(connection, statement);
        }
        String other = exact ? "indexscan" : "seqscan";
        // A plan that has to do without the other scan looks so expensive that it would be compiled for each search.
        Database.execute(connection, "SET enable_" + other + " = off; SET jit = off");
        try (PreparedStatement search = connection.prepareStatement("SELECT id FROM "
                + codes.names().quotedTable() + " ORDER BY " + codes.distance("?::vector") + " LIMIT "
                + setting.candidates())) {
            List<int[]> lists = new ArrayList<>();
            for (int q = 0; q < count; q++) {
                search.setString(1, queries.text(q));
                lists.add(ids(search));
            }
            return lists;
        } finally {
            if (!connection.isClosed()) {
                Database.execute(connection, "RESET enable_" + other + "; RESET jit");
            }
        }
    }

    private static int[] ids(PreparedStatement search) throws SQLException {
        IntStream.Builder ids = IntStream.builder();
        try (ResultSet found = search.executeQuery()) {
            while (found.next()) {
                ids.add((int) found.getLong(1));
            }
        }
        return ids.build().toArray();
    }

    /**
     * Searches as a user does.
     *
     * @param lists the ids that were found, for each query
     * @param millis for each query
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Searched(List<int[]> lists, double[] millis) {}

    /** Searches with several settings in turns, query by query. */
    List<Searched> search(
            Connection connection, List<Setting> settings, Queries queries, int from, int to, int neighbors)
            throws SQLException {
        List<PreparedStatement> searches = new ArrayList<>();
        try {
            List<Searched> found = new ArrayList<>();
            for (Setting setting : settings) {
                searches.add(connection.prepareStatement(sql(setting, neighbors)));
                found.add(new Searched(new ArrayList<>(), new double[to - from]));
            }
            for (int q = from; q < to; q++) {
                for (int s = 0; s < settings.size(); s++) {
                    apply(connection, settings.get(s));
                    found.get(s).millis()[q - from] =
                            timed(searches.get(s), queries.text(q), found.get(s).lists());
                }
            }
            return found;
        } finally {
            for (PreparedStatement search : searches) {
                search.close();
            }
        }
    }

    private String sql(Setting setting, int neighbors) {
        return codes.search("?::vector", "", setting.candidates(), neighbors);
    }

    private static double timed(PreparedStatement search, String query, List<int[]> lists) throws SQLException {
        search.setString(1, query);
        search.setString(2, query);
        long start = System.nanoTime();
        lists.add(ids(search));
        return (System.nanoTime() - start) / NANOS_OF_MILLI;
    }

    private static void apply(Connection connection, Setting setting) throws SQLException {
        Database.execute(connection, String.join("; ", setting.session()));
    }

    /** The searches that one client of several sends until a moment, from a query on. */
    int searchUntil(Connection connection, Setting setting, Queries queries, int first, long end, int neighbors)
            throws SQLException {
        apply(connection, setting);
        int done = 0;
        List<int[]> lists = new ArrayList<>();
        try (PreparedStatement search = connection.prepareStatement(sql(setting, neighbors))) {
            while (System.nanoTime() < end) {
                timed(search, queries.text((first + done) % queries.size()), lists);
                lists.clear();
                done++;
            }
        }
        return done;
    }

    /** The plan of some searches, each of which is carried out. */
    Measurement.Plan plan(Connection connection, Setting setting, Queries queries, int count, int neighbors)
            throws SQLException {
        apply(connection, setting);
        boolean uses = true;
        double hit = 0;
        double read = 0;
        try (PreparedStatement explain =
                connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql(setting, neighbors))) {
            for (int q = 0; q < count; q++) {
                explain.setString(1, queries.text(q));
                explain.setString(2, queries.text(q));
                try (ResultSet rows = explain.executeQuery()) {
                    rows.next();
                    JsonNode plan =
                            new JsonMapper().readTree(rows.getString(1)).get(0).get("Plan");
                    uses &= plan.findValuesAsText("Index Name").contains(INDEX);
                    hit += plan.get("Shared Hit Blocks").asDouble();
                    read += plan.get("Shared Read Blocks").asDouble();
                } catch (JsonProcessingException e) {
                    throw new SQLException("a plan is not JSON", e);
                }
            }
        }
        return new Measurement.Plan(uses, hit / count, read / count);
    }
}
