package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.quantizers.Similarity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Searches with filters: with iterative scans or not, by indexes of the rows that match, and by exact scans. */
final class Filters {
    private static final int MOST_QUERIES = 200;
    private static final double NANOS_OF_MILLI = 1e6;

    private final Connection connection;
    private final FeatureMatrix database;
    private final FeatureMatrix queries;
    private final Similarity similarity;
    private final int neighbors;
    private final FilterGroups groups;
    private final List<Filtered> found = new ArrayList<>();

    /** @param database prepared */
    Filters(
            Connection connection,
            FeatureMatrix database,
            FeatureMatrix queries,
            Similarity similarity,
            int neighbors,
            FilterGroups groups) {
        this.connection = connection;
        this.database = database;
        this.queries = queries;
        this.similarity = similarity;
        this.neighbors = neighbors;
        this.groups = groups;
    }

    List<Filtered> found() {
        return List.copyOf(found);
    }

    /** Searches with the index of all rows that a table has. */
    void measure(PgvectorTable table, Setting setting, List<String> iterative) throws SQLException {
        // A planner that thinks little of an index for a filter would not show what the index does.
        Database.execute(connection, "SET enable_seqscan = off; SET jit = off");
        try {
            for (String scan : iterative) {
                for (FilterGroups.Case one : groups.cases()) {
                    Database.execute(connection, String.join("; ", session(setting, scan)));
                    measure(
                            table,
                            one,
                            first(one),
                            setting.candidates(),
                            setting.index().type().toString(),
                            scan);
                }
            }
        } finally {
            if (!connection.isClosed()) {
                Database.execute(connection, "RESET enable_seqscan; RESET jit");
            }
        }
    }

    /** Searches with an index of the rows of one group. */
    void measurePartial(PgvectorTable table, Setting setting, double seconds) throws SQLException {
        for (FilterGroups.Case one : groups.cases()) {
            int group = one.column().ofQueries()[one.queries().get(0)];
            // All of the queries ask for the group that has an index.
            int[] all = new int[queries.rows()];
            Arrays.fill(all, group);
            FilterGroups.Column column =
                    new FilterGroups.Column(one.column().name(), one.column().ofRows(), all);
            Database.execute(connection, String.join("; ", session(setting, "off")));
            try {
                table.build(setting.index(), seconds, " WHERE " + condition(column, group));
                measure(
                        table,
                        new FilterGroups.Case(column, one.queries(), one.selectivity()),
                        first(one),
                        setting.candidates(),
                        "partial " + setting.index().type(),
                        null);
            } finally {
                table.dropIndex();
            }
        }
    }

    /** Searches without an index of vectors, with one of the filter's column. */
    void measureExact(PgvectorTable table) throws SQLException {
        for (FilterGroups.Column column : groups.columns()) {
            Database.execute(
                    connection, "CREATE INDEX ON " + table.codes().names().quotedTable() + " (" + column.name() + ")");
        }
        Database.execute(connection, "ANALYZE " + table.codes().names().quotedTable());
        for (FilterGroups.Case one : groups.cases()) {
            measure(table, one, first(one), 0, Filtered.EXACT, null);
        }
    }

    private static List<String> session(Setting setting, String scan) {
        return ((PgvectorIndex) setting.index()).session(setting.effort(), scan);
    }

    private static List<Integer> first(FilterGroups.Case one) {
        return one.queries().subList(0, Math.min(MOST_QUERIES, one.queries().size()));
    }

    private static String condition(FilterGroups.Column column, int group) {
        return column.name() + " = " + group;
    }

    private void measure(
            PgvectorTable table,
            FilterGroups.Case one,
            List<Integer> asked,
            int candidates,
            String method,
            @Nullable String scan)
            throws SQLException {
        Map<Integer, List<Integer>> byGroup = new LinkedHashMap<>();
        asked.forEach(q -> byGroup.computeIfAbsent(one.column().ofQueries()[q], key -> new ArrayList<>())
                .add(q));
        List<Double> recalls = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        Double worst = null;
        double returned = 0;
        double wanted = 0;
        for (Map.Entry<Integer, List<Integer>> entry : byGroup.entrySet()) {
            int group = entry.getKey();
            int[] rows = IntStream.range(0, database.rows())
                    .filter(row -> one.column().ofRows()[row] == group)
                    .toArray();
            int k = Math.min(neighbors, rows.length);
            Queries ofGroup = new Queries(
                    database.select(rows),
                    queries.select(entry.getValue().stream()
                            .mapToInt(Integer::intValue)
                            .toArray()),
                    similarity,
                    k);
            List<int[]> lists = new ArrayList<>();
            String sql = sql(table.codes(), condition(one.column(), group), candidates);
            try (PreparedStatement search = connection.prepareStatement(sql)) {
                int parameters = search.getParameterMetaData().getParameterCount();
                for (int q = 0; q < ofGroup.size(); q++) {
                    for (int p = 1; p <= parameters; p++) {
                        search.setString(p, ofGroup.text(q));
                    }
                    long start = System.nanoTime();
                    int[] ids = ids(search);
                    millis.add((System.nanoTime() - start) / NANOS_OF_MILLI);
                    returned += ids.length;
                    wanted += k;
                    lists.add(IntStream.of(ids)
                            .map(id -> Arrays.binarySearch(rows, id))
                            .toArray());
                }
            }
            double[] recall = ofGroup.recall(lists, k);
            Arrays.stream(recall).forEach(recalls::add);
            double mean = Arrays.stream(recall).average().orElseThrow();
            if (recall.length >= Filtered.LEAST_OF_GROUP && (worst == null || mean < worst)) {
                worst = mean;
            }
        }
        double[] times = array(millis);
        found.add(new Filtered(
                method,
                scan,
                one.selectivity(),
                asked.size(),
                Queries.mean(array(recalls)),
                worst,
                worstTenth(array(recalls)),
                returned / asked.size(),
                wanted / asked.size(),
                Halving.percentile(times, 0.5),
                Halving.percentile(times, 0.95)));
    }

    private String sql(PgvectorCodes codes, String condition, int candidates) {
        return candidates == 0
                ? "SELECT id FROM " + codes.names().quotedTable() + " WHERE " + condition + " ORDER BY "
                        + codes.exactDistance("?::vector") + " LIMIT " + neighbors
                : codes.search("?::vector", "WHERE " + condition, candidates, neighbors);
    }

    private static int[] ids(PreparedStatement search) throws SQLException {
        IntStream.Builder ids = IntStream.builder();
        try (ResultSet rows = search.executeQuery()) {
            while (rows.next()) {
                ids.add((int) rows.getLong(1));
            }
        }
        return ids.build().toArray();
    }

    private static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The mean of the lowest tenth of values. */
    static double worstTenth(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, 0, Math.max(1, sorted.length / 10))
                .average()
                .orElseThrow();
    }
}
