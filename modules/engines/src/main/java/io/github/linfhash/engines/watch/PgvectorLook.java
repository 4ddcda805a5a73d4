package io.github.linfhash.engines.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.database.Checks;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.watch.RecallWatch.Losses;
import io.github.linfhash.io.binding.StrictReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures searches of pgvector in one transaction, which only reads and sees one state of the table. */
public final class PgvectorLook implements AutoCloseable {
    private static final int MOST_EFFORT = 1_000;

    /** The defaults of {@code m} and {@code ef_construction}, below which an index is too poor to be built again as it is. */
    private static final int LEAST_LINKS = 16;

    private static final int LEAST_CONSTRUCTION = 64;

    private final Connection connection;
    private final WatchedSearch search;
    private final List<String> queries = new ArrayList<>();

    /** For each query the distances of its exact neighbors, ascending. */
    private final List<List<Double>> nearest = new ArrayList<>();

    /**
     * A row that a search found.
     *
     * @param exact the distance of its vector; NaN if there is none, as by cosine of a vector of zeros
     * @param code the distance of its code; that of the vector where there are none
     */
    private record Found(double exact, double code) {}

    /**
     * How the server searches.
     *
     * @param index of vectors that it uses; empty if it uses none
     * @param method of the index; empty if there is none
     */
    public record Plan(String index, String method) {}

    /**
     * The measured numbers.
     *
     * @param recalls of the queries that have neighbors
     * @param returned for each of these, the share of the rows asked for that were returned
     * @param distances for each of these, the distance of its nearest row
     * @param losses the mean losses
     * @param codesKnown whether the loss of codes could be told apart
     * @param plan of the first query
     */
    public record Measured(
            List<Double> recalls,
            List<Double> returned,
            List<Double> distances,
            Losses losses,
            boolean codesKnown,
            Plan plan) {}

    /**
     * Begins a transaction.
     *
     * @param seconds after which the server stops a statement
     */
    public PgvectorLook(Connection connection, WatchedSearch search, int seconds) throws SQLException {
        this.connection = connection;
        this.search = search;
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        // Neither other processes nor compiled code for a statement that looks expensive.
        Database.execute(
                connection,
                "SET LOCAL statement_timeout = '" + seconds
                        + "s'; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0");
        for (String statement : search.session()) {
            Database.execute(connection, statement);
        }
    }

    /** The time of the transaction, as text that the server reads. */
    public String time() throws SQLException {
        return Database.value(
                connection, "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    }

    /**
     * Reads random ones of the queries that were logged.
     *
     * @param sql a query, with {@code :since}, whose first column is a vector
     * @param since the time of the look before
     */
    public List<String> logged(String sql, String since, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM (" + SqlText.bound(sql, "since")
                + ") linfhash_queries ORDER BY random() LIMIT " + most)) {
            bind(statement, since);
            return keys(statement).stream().filter(text -> text != null).toList();
        }
    }

    /**
     * Returns the queries that have a distance to rows of a dimension: neither those of another one nor, by cosine, those of zeros.
     *
     * @throws SQLException if a text is no vector
     */
    public List<String> comparable(List<String> asked, int dimension) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT v FROM unnest(?::text[]) WITH ORDINALITY AS u(v, n) WHERE vector_dims(v::vector) = " + dimension
                        + " AND " + search.exact("v::vector", "v::vector") + " < 'NaN' ORDER BY n")) {
            statement.setString(1, array(asked));
            return keys(statement);
        }
    }

    private static void bind(PreparedStatement statement, String value) throws SQLException {
        int parameters = statement.getParameterMetaData().getParameterCount();
        for (int p = 1; p <= parameters; p++) {
            statement.setString(p, value);
        }
    }

    private static List<String> keys(PreparedStatement statement) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private int candidates() {
        return search.settings() == null
                ? search.neighbors()
                : Math.max(search.neighbors(), search.settings().candidates());
    }

    private List<List<Found>> found(int candidates) throws SQLException {
        List<List<Found>> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(search.statement(candidates))) {
            for (String query : queries) {
                bind(statement, query);
                all.add(search.sql() == null ? rows(statement) : withDistances(keys(statement), query));
            }
        }
        return all;
    }

    private static List<Found> rows(PreparedStatement statement) throws SQLException {
        List<Found> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(new Found(found.getDouble(1), found.getDouble(2)));
            }
        }
        rows.sort(Comparator.comparingDouble(Found::exact));
        return rows;
    }

    /**
     * The first k rows that a user's statement returned, with their distances.
     *
     * @throws InputException if a key is NULL, or that of several rows
     */
    private List<Found> withDistances(List<String> keys, String query) throws SQLException {
        SqlNames names = search.names();
        Set<String> first = new HashSet<>(keys.subList(0, Math.min(keys.size(), search.neighbors())));
        if (first.contains(null)) {
            throw new InputException(
                    "--search-sql: expected keys of " + names.table() + " in the first column, found NULL");
        }
        String distance = search.exact(search.vector(), "?::vector");
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + distance + ", 0 FROM "
                + names.quotedTable() + " WHERE " + names.quotedKey() + " = ANY (?)")) {
            statement.setString(1, query);
            statement.setString(2, array(List.copyOf(first)));
            List<Found> rows = rows(statement);
            if (rows.size() > first.size()) {
                throw new InputException("--key-column: expected a column that tells the rows of " + names.table()
                        + " apart, found one that several rows share: " + names.key());
            }
            return rows;
        }
    }

    private static String array(List<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Searches, and compares with an exact scan. Each row at least as near as the last one that a search returned is found in one pass over the table for
     * all queries: no row is sorted on the server, and few are sent. A query whose search returned too few rows has a scan of its own.
     *
     * @throws InputException if no query has a neighbor
     */
    public Measured measure(List<String> asked) throws SQLException {
        queries.clear();
        queries.addAll(asked);
        nearest.clear();
        int k = search.neighbors();
        Plan plan = plan();
        List<List<Found>> found = found(candidates());
        List<List<Found>> pass = onePass(found);
        List<Double> recalls = new ArrayList<>();
        List<Double> returned = new ArrayList<>();
        double codes = 0;
        double filter = 0;
        double missed = 0;
        boolean known = search.coded();
        for (int q = 0; q < queries.size(); q++) {
            List<Found> rows = found.get(q);
            List<Found> exact = full(rows) ? pass.get(q) : scanned(queries.get(q));
            List<Double> near =
                    exact.stream().map(Found::exact).sorted().limit(k).toList();
            nearest.add(near);
            if (near.isEmpty()) {
                continue;
            }
            double recall = recall(rows, near);
            double share = Math.min(1, finite(rows) / (double) near.size());
            recalls.add(recall);
            returned.add(share);
            missed += 1 - recall;
            if (!search.filter().isEmpty()) {
                filter += Math.min(1 - recall, 1 - share);
            }
            if (known && rows.size() >= candidates()) {
                codes += 1 - byCodes(pass.get(q), near);
            } else {
                known = false;
            }
        }
        if (recalls.isEmpty()) {
            throw new InputException(
                    "--table: expected rows with vectors in " + search.names().table()
                            + (search.filter().isEmpty() ? "" : " that match --filter") + ", found none");
        }
        double ofCodes = known ? Math.max(0, Math.min(codes, missed - filter)) : 0;
        int count = recalls.size();
        return new Measured(
                recalls,
                returned,
                nearest.stream()
                        .filter(near -> !near.isEmpty())
                        .map(near -> near.get(0))
                        .toList(),
                new Losses(ofCodes / count, Math.max(0, missed - filter - ofCodes) / count, filter / count),
                known,
                plan);
    }

    /** The share of the exact neighbors that is found; rows as near as the last neighbor are as good. */
    private static double recall(List<Found> rows, List<Double> near) {
        double last = near.get(near.size() - 1);
        long hits = rows.stream().filter(row -> row.exact <= last).count();
        return Math.min(1, hits / (double) near.size());
    }

    private static long finite(List<Found> rows) {
        return rows.stream().filter(row -> Double.isFinite(row.exact)).count();
    }

    /** Whether a search found k rows that have a distance. */
    private boolean full(List<Found> rows) {
        return finite(rows) >= search.neighbors();
    }

    /** The recall of the candidates that are nearest by their codes; of equally near ones, as many as there is room for, in expectation. */
    private double byCodes(List<Found> pass, List<Double> near) {
        double last = near.get(near.size() - 1);
        List<Found> byCode = new ArrayList<>(pass);
        byCode.sort(Comparator.comparingDouble(Found::code));
        double bound = byCode.get(Math.min(candidates(), byCode.size()) - 1).code;
        double hits = 0;
        double ties = 0;
        double tiedHits = 0;
        int nearer = 0;
        for (Found row : byCode) {
            int hit = row.exact <= last ? 1 : 0;
            if (row.code < bound) {
                nearer++;
                hits += hit;
            } else if (row.code == bound) {
                ties++;
                tiedHits += hit;
            }
        }
        return Math.min(1, (hits + tiedHits * Math.min(1, (candidates() - nearer) / ties)) / near.size());
    }

    /** For each query, the rows at least as near, by vectors or by codes, as the last of those that a search returned. */
    private List<List<Found>> onePass(List<List<Found>> found) throws SQLException {
        boolean coded = search.coded();
        List<String> bounds = new ArrayList<>();
        List<String> codeBounds = new ArrayList<>();
        for (List<Found> rows : found) {
            boolean enough = full(rows);
            bounds.add(enough ? Double.toString(rows.get(search.neighbors() - 1).exact) : "-Infinity");
            codeBounds.add(
                    enough && rows.size() >= candidates()
                            ? Double.toString(
                                    rows.stream().mapToDouble(Found::code).max().orElseThrow())
                            : "-Infinity");
        }
        String code =
                coded && search.settings() != null ? search.settings().codes().code("linfhash_v") : "";
        String nearVector = search.exact("r.linfhash_v", "p.linfhash_v");
        String nearCode = coded ? "r.linfhash_c " + search.codeOperator() + " p.linfhash_c" : "0";
        // OFFSET 0 keeps the planner from scanning the table once for each query.
        String sql = String.format(
                Locale.ROOT,
                """
                WITH linfhash_q AS MATERIALIZED (SELECT linfhash_n, linfhash_b, linfhash_d, linfhash_v, %1$s AS linfhash_c
                    FROM (SELECT n AS linfhash_n, v::vector AS linfhash_v, b AS linfhash_b, d AS linfhash_d
                        FROM unnest(?::text[], ?::float8[], ?::float8[]) WITH ORDINALITY AS u(v, b, d, n)) q)
                SELECT f.linfhash_n, f.linfhash_e, f.linfhash_f
                FROM (SELECT linfhash_v, %1$s AS linfhash_c FROM (SELECT %2$s AS linfhash_v FROM %3$s%4$s) t OFFSET 0) r
                CROSS JOIN LATERAL (SELECT linfhash_n, %5$s AS linfhash_e, %6$s AS linfhash_f FROM linfhash_q p
                    WHERE %5$s <= p.linfhash_b%7$s OFFSET 0) f""",
                coded ? code : "0",
                search.vector(),
                search.names().quotedTable(),
                search.where(),
                nearVector,
                nearCode,
                coded ? " OR " + nearCode + " <= p.linfhash_d" : "");
        List<List<Found>> all = new ArrayList<>();
        queries.forEach(query -> all.add(new ArrayList<>()));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(10_000);
            statement.setString(1, array(queries));
            statement.setString(2, array(bounds));
            statement.setString(3, array(codeBounds));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.get(rows.getInt(1) - 1).add(new Found(rows.getDouble(2), rows.getDouble(3)));
                }
            }
        }
        return all;
    }

    /** The exact neighbors of one query. */
    private List<Found> scanned(String query) throws SQLException {
        String distance = search.exact(search.vector(), "?::vector");
        // No index is for a sum.
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + distance + ", 0 FROM "
                + search.names().quotedTable() + search.where()
                + (search.filter().isEmpty() ? " WHERE " : " AND ") + distance + " < 'NaN' ORDER BY (" + distance
                + ") + 0 LIMIT "
                + search.neighbors())) {
            bind(statement, query);
            return rows(statement);
        }
    }

    private Plan plan() throws SQLException {
        try (PreparedStatement explain =
                connection.prepareStatement("EXPLAIN (FORMAT JSON) " + search.statement(candidates()))) {
            bind(explain, queries.get(0));
            JsonNode plan =
                    StrictReader.tree("EXPLAIN", String.join("", keys(explain)).getBytes(StandardCharsets.UTF_8));
            for (String index : plan.findValuesAsText("Index Name")) {
                List<String> methods = Database.column(
                        connection,
                        "SELECT amname FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE amname IN ('hnsw', 'ivfflat') AND relname = "
                                + SqlNames.literal(index));
                if (!methods.isEmpty()) {
                    return new Plan(index, methods.get(0));
                }
            }
            return new Plan("", "");
        }
    }

    /**
     * Searches the queries of this look again with more effort, until their mean recall reaches a target, and returns what to do.
     *
     * @param measured of this look
     */
    public String todo(AlarmCause cause, Measured measured, double target) throws SQLException {
        String again = "measure again with linfhash measure";
        return switch (cause) {
            case QUERIES_MOVED -> again + " --queries, with queries of today";
            case VECTORS_MOVED -> "check which model made the new vectors; if they are right, " + again + " --table";
            case TOO_FEW_ROWS ->
                "run VACUUM and REINDEX INDEX CONCURRENTLY" + named(measured.plan()) + ", or set " + iterative(measured)
                        + ".iterative_scan = relaxed_order";
            case FILTER ->
                "set " + iterative(measured)
                        + ".iterative_scan = relaxed_order and raise its limit, or make a partial index for the filter";
            case GRAPH -> graph(measured.plan(), target) + vacuum(measured.plan());
            case SEARCH ->
                "the search uses no index of vectors: compare its condition, order and limit with --filter, --similarity and --k";
            case CODES -> codes(target) + ", or " + again;
        };
    }

    private static String named(Plan plan) {
        return plan.index().isEmpty() ? "" : " " + plan.index();
    }

    private static String iterative(Measured measured) {
        return measured.plan().method().isEmpty() ? "hnsw" : measured.plan().method();
    }

    private String graph(Plan plan, double target) throws SQLException {
        String method = plan.method();
        String name = WatchedSearch.effortName(method);
        int effort = Integer.parseInt(Database.value(connection, "SELECT current_setting('" + name + "')"));
        while (effort < MOST_EFFORT) {
            effort = Math.min(2 * effort, MOST_EFFORT);
            Database.execute(connection, WatchedSearch.effort(method, effort));
            double recall = again(candidates());
            if (recall >= target) {
                return said("set " + name + " = " + effort, recall);
            }
        }
        Map<String, Integer> options = options(plan);
        String built = options.entrySet().stream()
                .map(option -> option.getKey() + " = " + option.getValue())
                .collect(Collectors.joining(", "));
        boolean poor = options.getOrDefault("m", LEAST_LINKS) < LEAST_LINKS
                || options.getOrDefault("ef_construction", LEAST_CONSTRUCTION) < LEAST_CONSTRUCTION;
        return "no search setting reaches the target: "
                + (poor
                        ? "build an index with m = " + LEAST_LINKS + ", ef_construction = " + LEAST_CONSTRUCTION
                                + " or more in the place of " + plan.index()
                                + ", which has " + built
                        : "run REINDEX INDEX CONCURRENTLY " + plan.index() + ", which keeps " + built)
                + ", then measure again with linfhash measure";
    }

    /** The options that an index was built with: those that are set, and of HNSW the defaults of the others. */
    private Map<String, Integer> options(Plan plan) throws SQLException {
        Map<String, Integer> options = new LinkedHashMap<>();
        if (plan.method().equals("hnsw")) {
            options.put("m", LEAST_LINKS);
            options.put("ef_construction", LEAST_CONSTRUCTION);
        }
        for (String option : Database.column(
                connection,
                "SELECT unnest(reloptions) FROM pg_class WHERE relname = " + SqlNames.literal(plan.index()))) {
            String[] words = option.split("=", 2);
            options.put(words[0], Integer.valueOf(words[1]));
        }
        return options;
    }

    /** A reason that a graph may be worse than it was: what VACUUM did to it, until pgvector 0.8.4 (its CHANGELOG). */
    private String vacuum(Plan plan) throws SQLException {
        String version = Database.value(connection, "SELECT extversion FROM pg_extension WHERE extname = 'vector'");
        return plan.method().equals("hnsw") && Checks.isBefore(version, 0, 8, 4)
                ? "; if recall fell after a VACUUM, it may have damaged the index, as before pgvector 0.8.4 (here "
                        + version + "): update it and run REINDEX"
                : "";
    }

    private String codes(double target) throws SQLException {
        int candidates = candidates();
        while (candidates < MOST_EFFORT) {
            candidates = Math.min(2 * candidates, MOST_EFFORT);
            Database.execute(connection, WatchedSearch.effort("hnsw", Math.min(MOST_EFFORT, 2 * candidates)));
            double recall = again(candidates);
            if (recall >= target) {
                return said("rescore " + candidates + " rows", recall);
            }
        }
        return "no number of rescored rows reaches the target: build an index of larger codes";
    }

    private static String said(String what, double recall) {
        return String.format(Locale.ROOT, "%s, with which this look's recall is %.1f%%", what, 100 * recall);
    }

    private double again(int candidates) throws SQLException {
        List<List<Found>> found = found(candidates);
        List<Double> recalls = new ArrayList<>();
        for (int q = 0; q < found.size(); q++) {
            if (!nearest.get(q).isEmpty()) {
                recalls.add(recall(found.get(q), nearest.get(q)));
            }
        }
        return recalls.isEmpty() ? 0 : Evidence.mean(recalls);
    }

    /** Ends the transaction. */
    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
