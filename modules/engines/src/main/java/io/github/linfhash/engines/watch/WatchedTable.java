package io.github.linfhash.engines.watch;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.Shuffle;
import io.github.linfhash.engines.database.Database;
import io.github.linfhash.engines.database.VectorTables;
import io.github.linfhash.engines.watch.RecallWatch.Alarm;
import io.github.linfhash.engines.watch.RecallWatch.Observed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table of pgvector that is watched. Each look has a connection of its own.
 *
 * @param database to connect to
 * @param search that is watched
 * @param source of the queries
 * @param timeout seconds after which the server stops a statement
 * @param seed of all samples
 */
public record WatchedTable(Database database, WatchedSearch search, QuerySource source, int timeout, long seed) {
    private static final double NANOS = 1e9;

    /** The rows of a look that are compared with those of the first one. */
    private static final int ROWS = Reference.LEAST;

    /**
     * A watch after a look.
     *
     * @param state the new state
     * @param seen what was seen; empty if there was no query
     * @param note a sentence about queries that were not searched; empty if all were
     */
    public record Looked(WatchState state, Optional<Seen> seen, String note) {}

    /**
     * Looks once.
     *
     * @param before the state
     * @param count how many queries
     * @throws InputException if the table has no vectors, or a query is none
     */
    public Looked look(WatchState before, int count) throws SQLException, IOException {
        long start = System.nanoTime();
        RecallWatch watch = before.watch();
        int number = watch.looks() + 1;
        try (Connection connection = database.open()) {
            Database.execute(connection, "SET application_name = 'linfhash watch'");
            List<float[]> rows = sampled(connection, number, source.name().equals("rows") ? ROWS + count : ROWS);
            try (PgvectorLook look = new PgvectorLook(connection, search, timeout)) {
                String time = look.time();
                int dimension = rows.get(0).length;
                requireDimension(dimension);
                List<String> asked = source.of(look, number, before.time(), count, rows);
                List<String> queries = look.comparable(asked, dimension);
                String note = note(asked.size(), asked.size() - queries.size(), dimension, before.time());
                if (queries.isEmpty()) {
                    return new Looked(before, Optional.empty(), note);
                }
                if (source.name().equals("rows")) {
                    rows = rows.subList(asked.size(), rows.size());
                }
                PgvectorLook.Measured measured = look.measure(queries);
                boolean independent = watch.independent();
                List<Double> distances = measured.distances();
                Reference ofRows = before.rows();
                RecallWatch next = watch.after(new Observed(
                        measured.recalls(),
                        measured.returned(),
                        measured.losses(),
                        before.first().near(distances, independent),
                        ofRows == null ? List.of() : ofRows.near(search.similarity(), rows),
                        !search.filter().isEmpty(),
                        !measured.plan().index().isEmpty()));
                Map<Alarm, AlarmCause> alarms = new TreeMap<>(next.alarms());
                List<Seen.On> on = new ArrayList<>();
                for (Map.Entry<Alarm, AlarmCause> alarm : alarms.entrySet()) {
                    on.add(new Seen.On(
                            alarm.getKey(),
                            alarm.getValue(),
                            watch.alarms().containsKey(alarm.getKey())
                                    ? null
                                    : look.todo(alarm.getValue(), measured, next.target())));
                }
                Seen seen = new Seen(
                        Seen.SCHEMA,
                        time,
                        number,
                        source.name(),
                        measured.recalls().size(),
                        next.target(),
                        Evidence.mean(measured.recalls()),
                        // A look after which the watch begins anew belongs to what was before.
                        next.since().total() == 0 ? watch.sinceChange() : next.sinceChange(),
                        next.now(),
                        Evidence.mean(measured.returned()),
                        measured.losses(),
                        measured.codesKnown(),
                        measured.plan().index().isEmpty()
                                ? null
                                : measured.plan().index(),
                        (System.nanoTime() - start) / NANOS,
                        on);
                boolean anew = next.generation() != watch.generation();
                return new Looked(
                        before.after(
                                next,
                                anew ? FirstDistances.NONE : before.first().with(distances, independent),
                                anew || ofRows != null || rows.size() < Reference.LEAST
                                        ? (anew ? null : ofRows)
                                        : Reference.of(search.similarity(), rows),
                                seen),
                        Optional.of(seen),
                        note);
            }
        }
    }

    /** Random rows of the table, in random order. */
    private List<float[]> sampled(Connection connection, int number, int most) throws SQLException, IOException {
        FeatureMatrix sample = VectorTables.sample(connection, search.names(), null, most, seed + number, timeout)
                .vectors();
        List<float[]> rows = new ArrayList<>();
        for (int row : Shuffle.first(
                new RandomStreams(seed).stream("watch rows/" + number), sample.rows(), Math.min(most, sample.rows()))) {
            float[] values = new float[sample.dimension()];
            sample.copyRow(row, values);
            rows.add(values);
        }
        return rows;
    }

    private void requireDimension(int dimension) {
        if (source.given() != null && source.given().dimension() != dimension) {
            throw new InputException("--queries: expected vectors of dimension " + dimension + ", as in "
                    + search.names().table() + ", found " + source.given().dimension());
        }
    }

    private String note(int asked, int left, int dimension, String since) {
        if (asked == 0) {
            return "No query was logged since " + since + "; nothing was measured";
        }
        return left == 0
                ? ""
                : left + " of " + asked + " queries were left out, as they are not of dimension " + dimension
                        + ", or are zeros, which have no cosine" + (left == asked ? "; nothing was measured" : "");
    }

    /** Puts a failure of a look into a sentence. */
    public InputException failure(Exception failure) {
        return failure instanceof InputException said
                ? said
                : failure instanceof SQLException sql
                        ? database.failure(sql, "looking at " + search.names().table(), "")
                        : new InputException("--table: " + failure.getMessage(), failure);
    }
}
