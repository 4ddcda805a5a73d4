package io.github.linfhash.engines.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.engines.watch.RecallWatch.Losses;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a look: a line of JSON of the schema {@value #SCHEMA}, which docs/schemas describes.
 *
 * @param schema {@value #SCHEMA}
 * @param time of the server, in UTC
 * @param look its number, from 1 on
 * @param querySource file, sql or rows
 * @param queries how many were searched
 * @param target the recall to be reached
 * @param recall of this look
 * @param sinceChange the interval since the last change
 * @param now the interval of the last looks
 * @param returned the share of the rows asked for that were returned
 * @param loss the mean losses of recall
 * @param codesKnown whether the loss of codes was told apart from that of the graph
 * @param index that the searches use; null if they use none
 * @param seconds that statements took
 * @param alarms that are on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Seen(
        String schema,
        String time,
        int look,
        String querySource,
        int queries,
        double target,
        double recall,
        Interval sinceChange,
        Interval now,
        double returned,
        Losses loss,
        boolean codesKnown,
        @Nullable String index,
        double seconds,
        List<On> alarms) {
    /** The name and version of the schema. */
    public static final String SCHEMA = "linfhash-watch/1";

    /**
     * An alarm that is on.
     *
     * @param about what it is about
     * @param cause its cause
     * @param todo what to do; only in the look that turned it on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record On(
            RecallWatch.Alarm about,
            AlarmCause cause,
            @Nullable String todo) {}

    public Seen {
        alarms = List.copyOf(alarms);
    }

    /** The look as a line for people. */
    public String line() {
        return String.format(
                        Locale.ROOT,
                        "%s look %d: recall: this look %.1f%%, since the change %.1f%% to %.1f%% (%d %s); rows %.1f%%, loss%s graph %.1f, filter %.1f points, %.1f s%s: ",
                        time.replaceFirst("[.]\\d+Z$", "Z"),
                        look,
                        100 * recall,
                        100 * sinceChange.low(),
                        100 * sinceChange.high(),
                        sinceChange.count(),
                        querySource.equals("sql") ? "looks" : "queries",
                        100 * returned,
                        codesKnown ? String.format(Locale.ROOT, " codes %.1f,", 100 * loss.codes()) : "",
                        100 * loss.graph(),
                        100 * loss.filter(),
                        seconds,
                        index == null ? ", no index of vectors used" : "")
                + (alarms.isEmpty()
                        ? "ok"
                        : alarms.stream()
                                .map(on -> "ALARM " + on.cause + " ("
                                        + on.about.name().toLowerCase(Locale.ROOT) + ")"
                                        + (on.todo == null ? "" : ": " + on.todo))
                                .collect(Collectors.joining("; ")));
    }
}
