package io.github.linfhash.engines.pgvector;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.measure.FilterGroups;
import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.Filters;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.engines.measure.Queries;
import io.github.linfhash.engines.measure.VectorCollection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Searches of pgvector with filters: with iterative scans or not, by indexes of the rows that match, and by exact scans. */
record PgvectorFilters(Connection connection, Filters filters) {
    private static final double NANOS_OF_MILLI = 1e6;

    /** Searches with the index of all rows that a table has. */
    void measure(PgvectorCollection table, OperatingPoint point, List<String> iterative)
            throws SQLException, IOException {
        for (String scan : iterative) {
            measure(
                    point.index().type().toString(),
                    scan,
                    point,
                    filters.groups().cases(),
                    table);
        }
    }

    /** Searches with an index of the rows of one group. */
    void measurePartial(PgvectorCollection table, OperatingPoint point, double seconds)
            throws SQLException, IOException {
        String method = Filtered.PARTIAL + point.index().type();
        for (FilterGroups.Case one : filters.groups().cases()) {
            int group = one.column().ofQueries()[one.queries().get(0)];
            // All of the queries ask for the group that has an index.
            int[] all = new int[one.column().ofQueries().length];
            Arrays.fill(all, group);
            FilterGroups.Column column =
                    new FilterGroups.Column(one.column().name(), one.column().ofRows(), all);
            try {
                if (table.build(point.index(), seconds, " WHERE " + condition(column, group))
                        .isEmpty()) {
                    filters.leaveOut(String.format(
                            Locale.ROOT,
                            "%s of %.2g%% of the rows: the build was stopped after %.0f s.",
                            method,
                            100 * one.selectivity(),
                            seconds));
                    continue;
                }
                FilterGroups.Case ofGroup = new FilterGroups.Case(column, one.queries(), one.selectivity());
                measure(method, null, point, List.of(ofGroup), table);
            } finally {
                table.dropIndex();
            }
        }
    }

    /** Searches with an index, which a planner that thinks little of it for a filter would not use. */
    private void measure(
            String method,
            @Nullable String scan,
            OperatingPoint point,
            List<FilterGroups.Case> cases,
            PgvectorCollection table)
            throws SQLException, IOException {
        Database.execute(connection, String.join("; ", PgvectorTypes.session(point, scan == null ? "off" : scan)));
        table.without("seqscan", () -> {
            for (FilterGroups.Case one : cases) {
                filters.measure(method, scan, one, search(table, point.candidates()));
            }
            return cases;
        });
    }

    /** Searches without an index of vectors, with one of the filter's column. */
    void measureExact(PgvectorCollection table) throws SQLException, IOException {
        for (FilterGroups.Column column : filters.groups().columns()) {
            Database.execute(
                    connection, "CREATE INDEX ON " + table.codes().names().quotedTable() + " (" + column.name() + ")");
        }
        Database.execute(connection, "ANALYZE " + table.codes().names().quotedTable());
        filters.measure(Filtered.EXACT, null, search(table, 0));
    }

    private static String condition(FilterGroups.Column column, int group) {
        return column.name() + " = " + group;
    }

    private Filters.Search search(PgvectorCollection table, int candidates) {
        return (column, asked) -> Sql.io(() -> {
            List<VectorCollection.Searched> found = new ArrayList<>();
            Set<String> instead = new TreeSet<>();
            for (Filters.Asked one : asked) {
                String sql = sql(table.codes(), condition(column, one.group()), candidates);
                if (candidates > 0) {
                    table.planInstead(sql, Sql.literal(one.queries(), 0)).ifPresent(instead::add);
                }
                found.add(search(sql, one.queries()));
            }
            return new Filters.Found(found, instead.isEmpty() ? null : String.join(" or ", instead));
        });
    }

    private VectorCollection.Searched search(String sql, Queries queries) throws SQLException {
        List<int[]> lists = new ArrayList<>();
        double[] millis = new double[queries.size()];
        try (PreparedStatement search = connection.prepareStatement(sql)) {
            int parameters = search.getParameterMetaData().getParameterCount();
            for (int q = 0; q < millis.length; q++) {
                for (int p = 1; p <= parameters; p++) {
                    search.setString(p, Sql.literal(queries, q));
                }
                long start = System.nanoTime();
                lists.add(PgvectorCollection.ids(search));
                millis[q] = (System.nanoTime() - start) / NANOS_OF_MILLI;
            }
        }
        return new VectorCollection.Searched(lists, millis);
    }

    private String sql(PgvectorCodes codes, String condition, int candidates) {
        return candidates == 0
                ? "SELECT id FROM " + codes.names().quotedTable() + " WHERE " + condition + " ORDER BY "
                        + codes.exactDistance("?::vector") + " LIMIT " + filters.neighbors()
                : codes.search("?::vector", "WHERE " + condition, candidates, filters.neighbors());
    }
}
