package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.engines.database.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Searches of pgvector with filters: with iterative scans or not, by indexes of the rows that match, and by exact scans. */
record PgvectorFilters(Connection connection, Filters filters) {
    private static final double NANOS_OF_MILLI = 1e6;

    /** Searches with the index of all rows that a table has. */
    void measure(PgvectorTable table, Setting setting, List<String> iterative) throws SQLException, IOException {
        // A planner that thinks little of an index for a filter would not show what the index does.
        Database.execute(connection, "SET enable_seqscan = off; SET jit = off");
        try {
            for (String scan : iterative) {
                Database.execute(connection, String.join("; ", session(setting, scan)));
                filters.measure(setting.index().type().toString(), scan, search(table, setting.candidates()));
            }
        } finally {
            if (!connection.isClosed()) {
                Database.execute(connection, "RESET enable_seqscan; RESET jit");
            }
        }
    }

    /** Searches with an index of the rows of one group. */
    void measurePartial(PgvectorTable table, Setting setting, double seconds) throws SQLException, IOException {
        for (FilterGroups.Case one : filters.groups().cases()) {
            int group = one.column().ofQueries()[one.queries().get(0)];
            // All of the queries ask for the group that has an index.
            int[] all = new int[one.column().ofQueries().length];
            Arrays.fill(all, group);
            FilterGroups.Column column =
                    new FilterGroups.Column(one.column().name(), one.column().ofRows(), all);
            Database.execute(connection, String.join("; ", session(setting, "off")));
            try {
                table.build(setting.index(), seconds, " WHERE " + condition(column, group));
                filters.measure(
                        Filtered.PARTIAL + setting.index().type(),
                        null,
                        new FilterGroups.Case(column, one.queries(), one.selectivity()),
                        search(table, setting.candidates()));
            } finally {
                table.dropIndex();
            }
        }
    }

    /** Searches without an index of vectors, with one of the filter's column. */
    void measureExact(PgvectorTable table) throws SQLException, IOException {
        for (FilterGroups.Column column : filters.groups().columns()) {
            Database.execute(
                    connection, "CREATE INDEX ON " + table.codes().names().quotedTable() + " (" + column.name() + ")");
        }
        Database.execute(connection, "ANALYZE " + table.codes().names().quotedTable());
        filters.measure(Filtered.EXACT, null, search(table, 0));
    }

    private static List<String> session(Setting setting, String scan) {
        return ((PgvectorIndex) setting.index()).session(setting.effort(), scan);
    }

    private static String condition(FilterGroups.Column column, int group) {
        return column.name() + " = " + group;
    }

    private Filters.Search search(PgvectorTable table, int candidates) {
        return (column, asked) -> {
            List<Indexed.Searched> found = new ArrayList<>();
            for (Filters.Asked one : asked) {
                found.add(search(table.codes(), condition(column, one.group()), candidates, one.queries()));
            }
            return found;
        };
    }

    private Indexed.Searched search(PgvectorCodes codes, String condition, int candidates, Queries queries)
            throws SQLException {
        List<int[]> lists = new ArrayList<>();
        double[] millis = new double[queries.size()];
        try (PreparedStatement search = connection.prepareStatement(sql(codes, condition, candidates))) {
            int parameters = search.getParameterMetaData().getParameterCount();
            for (int q = 0; q < millis.length; q++) {
                for (int p = 1; p <= parameters; p++) {
                    search.setString(p, queries.text(q));
                }
                long start = System.nanoTime();
                lists.add(PgvectorTable.ids(search));
                millis[q] = (System.nanoTime() - start) / NANOS_OF_MILLI;
            }
        }
        return new Indexed.Searched(lists, millis);
    }

    private String sql(PgvectorCodes codes, String condition, int candidates) {
        return candidates == 0
                ? "SELECT id FROM " + codes.names().quotedTable() + " WHERE " + condition + " ORDER BY "
                        + codes.exactDistance("?::vector") + " LIMIT " + filters.neighbors()
                : codes.search("?::vector", "WHERE " + condition, candidates, filters.neighbors());
    }
}
