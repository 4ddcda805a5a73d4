package io.github.linfhash.engines.pgvector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.measure.Queries;
import io.github.linfhash.engines.measure.VectorCollection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of vectors with at most one index, and searches in it. An exact scan is an index that is not made.
 *
 * @param database for more connections
 * @param connection of builds and searches of one client
 * @param codes of its column
 * @param rows how many it has
 * @param allRows how many all are: searches among a part of them are made to use the index, as a planner scans a table of few rows
 */
record PgvectorCollection(Database database, Connection connection, PgvectorCodes codes, int rows, int allRows)
        implements VectorCollection {
    private static final double NANOS_OF_MILLI = 1e6;
    private static final double NANOS_OF_SECOND = 1e9;
    private static final String INDEX = "linfhash_measured";

    /**
     * How many more connections the role may have: half of what is left of those of the server, so that others are not refused, and what is left of
     * those of the role and of the database.
     */
    private static final String FREE = """
            SELECT least(
                (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - coalesce(current_setting('reserved_connections', true)::int, 0)
                    - (SELECT sum(numbackends) FROM pg_stat_database)) / 2,
                (SELECT CASE WHEN rolconnlimit >= 0 THEN rolconnlimit
                        - (SELECT count(*) FROM pg_stat_activity WHERE usename = session_user) END
                    FROM pg_roles WHERE rolname = session_user),
                (SELECT CASE WHEN datconnlimit >= 0 THEN datconnlimit
                        - (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) END
                    FROM pg_database WHERE datname = current_database()))::int""";

    @Override
    public Optional<Built> build(IndexSpec spec, double seconds) throws IOException {
        return build(spec, seconds, "");
    }

    /** Builds an index of the rows with a condition, which begins with a space and WHERE, or of all. */
    Optional<Built> build(IndexSpec spec, double seconds, String where) throws IOException {
        return Sql.io(() -> built(PgvectorTypes.scaled(spec, (double) rows / allRows), spec, seconds, where));
    }

    private Optional<Built> built(IndexSpec spec, IndexSpec ofAll, double seconds, String where) throws SQLException {
        if (spec.type().exact()) {
            return Optional.of(new Built(spec, rows, 0, heapBytes(), 0, true, 0));
        }
        long millis = Math.max(1, (long) (1000 * seconds));
        Database.execute(connection, "SET statement_timeout = " + millis);
        long start = System.nanoTime();
        boolean inMemory = true;
        try (Statement statement = connection.createStatement()) {
            statement.execute(codes.index(INDEX, PgvectorTypes.method(spec.type()), spec.text()) + where);
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                inMemory &= !String.valueOf(warning.getMessage()).contains("no longer fits into maintenance_work_mem");
            }
        } catch (SQLException e) {
            // A user may have it canceled earlier.
            if (Database.timedOut(e) && System.nanoTime() - start >= millis * NANOS_OF_MILLI) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                Database.execute(connection, "SET statement_timeout = 0");
            }
        }
        double took = (System.nanoTime() - start) / NANOS_OF_SECOND;
        return Optional.of(new Built(
                ofAll,
                rows,
                Long.parseLong(Database.value(connection, "SELECT pg_relation_size('" + indexName() + "')")),
                heapBytes(),
                took,
                inMemory,
                PgvectorTypes.buildMemory(spec, rows, codes.dimension())));
    }

    private long heapBytes() throws SQLException {
        return Long.parseLong(Database.value(
                connection, "SELECT pg_table_size('" + codes.names().quotedTable() + "')"));
    }

    private String indexName() {
        String table = codes.names().table();
        return table.substring(0, table.indexOf('.') + 1) + INDEX;
    }

    @Override
    public void dropIndex() throws IOException {
        Sql.io(() -> {
            if (!connection.isClosed()) {
                Database.execute(connection, "DROP INDEX IF EXISTS " + indexName());
            }
            return true;
        });
    }

    @Override
    public Optional<List<int[]>> byCode(OperatingPoint point, Queries queries, int count, boolean exact)
            throws IOException {
        return Optional.of(Sql.io(() -> scanned(point, queries, count, exact)));
    }

    private List<int[]> scanned(OperatingPoint point, Queries queries, int count, boolean exact)
            throws SQLException, IOException {
        for (String statement : PgvectorTypes.session(point)) {
            Database.execute(connection, statement);
        }
        return without(exact ? "indexscan" : "seqscan", () -> {
            try (PreparedStatement search = connection.prepareStatement("SELECT id FROM "
                    + codes.names().quotedTable() + " ORDER BY " + codes.distance("?::vector") + " LIMIT "
                    + point.candidates())) {
                List<int[]> lists = new ArrayList<>();
                for (int q = 0; q < count; q++) {
                    search.setString(1, Sql.literal(queries, q));
                    lists.add(ids(search));
                }
                return lists;
            }
        });
    }

    /** Works while the planner does without a kind of scan. */
    <T> T without(String scan, Sql<T> work) throws SQLException, IOException {
        // A plan that has to do without a scan looks so expensive that it would be compiled for each search.
        Database.execute(connection, "SET enable_" + scan + " = off; SET jit = off");
        try {
            return work.run();
        } finally {
            if (!connection.isClosed()) {
                Database.execute(connection, "RESET enable_" + scan + "; RESET jit");
            }
        }
    }

    /** Returns the ids that a search finds. */
    static int[] ids(PreparedStatement search) throws SQLException {
        IntStream.Builder ids = IntStream.builder();
        try (ResultSet found = search.executeQuery()) {
            while (found.next()) {
                ids.add((int) found.getLong(1));
            }
        }
        return ids.build().toArray();
    }

    @Override
    public List<Searched> search(List<OperatingPoint> points, Queries queries, int from, int to, int neighbors)
            throws IOException {
        return Sql.io(() -> rows < allRows
                ? without("seqscan", () -> planned(points, queries, from, to, neighbors))
                : planned(points, queries, from, to, neighbors));
    }

    private List<Searched> planned(List<OperatingPoint> points, Queries queries, int from, int to, int neighbors)
            throws SQLException {
        List<PreparedStatement> searches = new ArrayList<>();
        try {
            List<Searched> found = new ArrayList<>();
            for (OperatingPoint point : points) {
                searches.add(connection.prepareStatement(sql(point, neighbors)));
                found.add(new Searched(new ArrayList<>(), new double[to - from]));
            }
            for (int q = from; q < to; q++) {
                String query = Sql.literal(queries, q);
                for (int s = 0; s < points.size(); s++) {
                    apply(connection, points.get(s));
                    found.get(s).millis()[q - from] =
                            timed(searches.get(s), query, found.get(s).lists());
                }
            }
            return found;
        } finally {
            for (PreparedStatement search : searches) {
                search.close();
            }
        }
    }

    private String sql(OperatingPoint point, int neighbors) {
        return codes.search("?::vector", "", point.candidates(), neighbors);
    }

    private static double timed(PreparedStatement search, String query, List<int[]> lists) throws SQLException {
        search.setString(1, query);
        search.setString(2, query);
        long start = System.nanoTime();
        lists.add(ids(search));
        return (System.nanoTime() - start) / NANOS_OF_MILLI;
    }

    private static void apply(Connection client, OperatingPoint point) throws SQLException {
        Database.execute(client, String.join("; ", PgvectorTypes.session(point)));
    }

    @Override
    public Throughput perSecond(List<OperatingPoint> points, double[] seconds, Queries queries, int neighbors, int most)
            throws IOException {
        return Sql.io(() -> throughput(points, seconds, queries, neighbors, most));
    }

    private Throughput throughput(
            List<OperatingPoint> points, double[] seconds, Queries queries, int neighbors, int most)
            throws SQLException {
        List<Connection> opened = opened(Math.min(most, Integer.parseInt(Database.value(connection, FREE))));
        List<Connection> connections = opened.isEmpty() ? List.of(connection) : opened;
        int clients = connections.size();
        List<String> literals = IntStream.range(0, queries.size())
                .mapToObj(q -> Sql.literal(queries, q))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Double> perSecond = new ArrayList<>();
            for (int s = 0; s < points.size(); s++) {
                OperatingPoint point = points.get(s);
                long start = System.nanoTime();
                long end = start + (long) (seconds[s] * NANOS_OF_SECOND);
                List<Future<Integer>> counts = new ArrayList<>();
                for (int c = 0; c < clients; c++) {
                    Connection client = connections.get(c);
                    int first = c * queries.size() / clients;
                    counts.add(threads.submit(() -> searchUntil(client, point, literals, first, end, neighbors)));
                }
                int done = 0;
                for (Future<Integer> count : counts) {
                    done += count.get();
                }
                perSecond.add(NANOS_OF_SECOND * done / (System.nanoTime() - start));
            }
            return new Throughput(perSecond, clients);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        } finally {
            threads.shutdownNow();
            for (Connection client : opened) {
                client.close();
            }
        }
    }

    private List<Connection> opened(int most) {
        List<Connection> opened = new ArrayList<>();
        try {
            while (opened.size() < most) {
                opened.add(database.open());
            }
        } catch (SQLException e) {
            // Somebody else has taken the last ones. There are fewer clients then, and their number is reported.
            return opened;
        }
        return opened;
    }

    /** The searches that one client of several sends until a moment, from a query on. */
    private int searchUntil(
            Connection client, OperatingPoint point, List<String> queries, int first, long end, int neighbors)
            throws SQLException {
        apply(client, point);
        int done = 0;
        List<int[]> lists = new ArrayList<>();
        try (PreparedStatement search = client.prepareStatement(sql(point, neighbors))) {
            while (System.nanoTime() < end) {
                timed(search, queries.get((first + done) % queries.size()), lists);
                lists.clear();
                done++;
            }
        }
        return done;
    }

    /** Names the scan that the plan of a search has in place of the index; empty if it uses the index. */
    Optional<String> planInstead(String sql, String query) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN (FORMAT JSON) " + sql)) {
            for (int p = 1; p <= explain.getParameterMetaData().getParameterCount(); p++) {
                explain.setString(p, query);
            }
            JsonNode plan = explained(explain);
            return usesIndex(plan)
                    ? Optional.empty()
                    : Optional.of(plan.findValuesAsText("Node Type").stream()
                            .filter(node -> node.endsWith("Scan") && !node.startsWith("Subquery"))
                            .distinct()
                            .collect(Collectors.joining(" and ")));
        }
    }

    private static boolean usesIndex(JsonNode plan) {
        return plan.findValuesAsText("Index Name").contains(INDEX);
    }

    private static JsonNode explained(PreparedStatement explain) throws SQLException {
        try (ResultSet rows = explain.executeQuery()) {
            rows.next();
            return new JsonMapper().readTree(rows.getString(1)).get(0).get("Plan");
        } catch (JsonProcessingException e) {
            throw new SQLException("a plan is not JSON", e);
        }
    }

    @Override
    public Measurement.Plan plan(OperatingPoint point, Queries queries, int count, int neighbors) throws IOException {
        return Sql.io(() -> planned(point, queries, count, neighbors));
    }

    private Measurement.Plan planned(OperatingPoint point, Queries queries, int count, int neighbors)
            throws SQLException {
        apply(connection, point);
        boolean uses = true;
        double hit = 0;
        double read = 0;
        try (PreparedStatement explain =
                connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql(point, neighbors))) {
            for (int q = 0; q < count; q++) {
                String query = Sql.literal(queries, q);
                explain.setString(1, query);
                explain.setString(2, query);
                JsonNode plan = explained(explain);
                uses &= point.index().type().exact() || usesIndex(plan);
                hit += plan.get("Shared Hit Blocks").asDouble();
                read += plan.get("Shared Read Blocks").asDouble();
            }
        }
        return new Measurement.Plan(uses, hit / count, read / count);
    }
}
