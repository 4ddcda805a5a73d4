package io.github.linfhash.engines.watch;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.StrictInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a watch keeps between looks. Its file has a line of JSON and a line with the SHA-256 of it, and is moved into place.
 *
 * @param schema {@value #SCHEMA}
 * @param watched what is watched, and how: a watch goes on only with the same
 * @param time of the last look, as the server has it
 * @param watch intervals and alarms
 * @param first the distances that later ones are compared with
 * @param rows of the first look; null before it
 * @param searched how many queries there were
 * @param failed how many looks failed
 * @param seconds that statements took
 * @param seen the last looks
 */
public record WatchState(
        String schema,
        String watched,
        String time,
        RecallWatch watch,
        FirstDistances first,
        @Nullable Reference rows,
        long searched,
        long failed,
        double seconds,
        List<Seen> seen) {
    static final String SCHEMA = "linfhash-watch-state/2";

    /** The looks that a report shows. */
    private static final int MOST_SEEN = 2_000;

    private static final int LARGEST = 1 << 26;
    private static final String BEGINNING = "1970-01-01T00:00:00Z";

    public WatchState {
        seen = List.copyOf(seen);
        StrictReader.require(schema.equals(SCHEMA), "expected the schema " + SCHEMA + ", found " + schema);
    }

    /** Returns the state before the first look. */
    public static WatchState begin(String watched, double target, boolean independent) {
        return new WatchState(
                SCHEMA,
                watched,
                BEGINNING,
                RecallWatch.begin(target, independent),
                FirstDistances.NONE,
                null,
                0,
                0,
                0,
                List.of());
    }

    /** Returns the state after a look. */
    WatchState after(RecallWatch next, FirstDistances ofQueries, @Nullable Reference ofRows, Seen look) {
        List<Seen> all = new ArrayList<>(seen);
        all.add(look);
        return new WatchState(
                schema,
                watched,
                look.time(),
                next,
                ofQueries,
                ofRows,
                searched + look.queries(),
                failed,
                seconds + look.seconds(),
                all.subList(Math.max(0, all.size() - MOST_SEEN), all.size()));
    }

    /** Returns the state after a look that failed. */
    public WatchState afterFailure() {
        return new WatchState(schema, watched, time, watch, first, rows, searched, failed + 1, seconds, seen);
    }

    /** Returns a state that takes the present for normal. */
    public WatchState accepted() {
        return new WatchState(
                schema, watched, time, watch.accepted(), FirstDistances.NONE, null, searched, failed, seconds, seen);
    }

    /**
     * Reads a state.
     *
     * @param watched what the watch is about
     * @throws InputException if the file is damaged, or is about something else
     */
    public static WatchState read(Path file, String watched) {
        byte[] bytes;
        try (StrictInput in = StrictInput.open(file)) {
            bytes = in.readRest(LARGEST);
        }
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != 3 || !lines[2].isEmpty() || !lines[1].equals(Digests.sha256(lines[0]))) {
            throw new InputException("--state: expected a whole state of 'linfhash watch' in " + file
                    + ", found another file or a damaged one. To begin a new watch, name a file that does not exist");
        }
        WatchState state =
                StrictReader.readJson("--state " + file, lines[0].getBytes(StandardCharsets.UTF_8), WatchState.class);
        if (!state.watched.equals(watched)) {
            throw new InputException("--state: expected the state of this watch in " + file
                    + ", found that of one with another table, search, target or source of queries. Name another file");
        }
        return state;
    }

    /** Writes the state for its owner alone, as it has vectors of the table. */
    public void write(Path file) throws IOException {
        String json = StrictReader.toJsonLine(this);
        AtomicFiles.writePrivate(file, json + "\n" + Digests.sha256(json) + "\n");
    }
}
