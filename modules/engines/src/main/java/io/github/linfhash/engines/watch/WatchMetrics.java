package io.github.linfhash.engines.watch;

import io.github.linfhash.engines.watch.RecallWatch.Losses;
import java.time.Instant;
import java.util.Locale;

/**
 * The last look as metrics in the text format of <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>, which the text file
 * collector of the node exporter reads, too.
 */
public final class WatchMetrics {
    private static final String PREFIX = "linfhash_watch_";
    private static final double MICROS = 1e6;

    private final StringBuilder text = new StringBuilder();
    private final String label;

    private WatchMetrics(String table) {
        label = "table=\"" + table.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** Returns the metrics of a table. */
    public static String of(String table, WatchState state) {
        WatchMetrics metrics = new WatchMetrics(table);
        metrics.begin("looks", "counter", "Looks that were measured.");
        metrics.add("looks_total", "", state.watch().looks());
        metrics.begin("failed_looks", "counter", "Looks that failed.");
        metrics.add("failed_looks_total", "", state.failed());
        metrics.begin("queries", "counter", "Queries that were searched.");
        metrics.add("queries_total", "", state.searched());
        metrics.begin("statement_seconds", "counter", "Time that statements ran in the database.");
        metrics.add("statement_seconds_total", "", state.seconds());
        if (!state.seen().isEmpty()) {
            metrics.add(state.seen().get(state.seen().size() - 1));
        }
        return metrics.text.append("# EOF\n").toString();
    }

    private void add(Seen seen) {
        begin("recall_ratio", "gauge", "Mean recall of the last looks and of all since the last change.");
        add("recall_ratio", ",over=\"now\"", seen.now().mean());
        add("recall_ratio", ",over=\"change\"", seen.sinceChange().mean());
        begin("recall_lower_ratio", "gauge", "Lower end of the 95% confidence sequence of the mean recall.");
        add("recall_lower_ratio", ",over=\"now\"", seen.now().low());
        add("recall_lower_ratio", ",over=\"change\"", seen.sinceChange().low());
        begin("recall_upper_ratio", "gauge", "Upper end of the 95% confidence sequence of the mean recall.");
        add("recall_upper_ratio", ",over=\"now\"", seen.now().high());
        add("recall_upper_ratio", ",over=\"change\"", seen.sinceChange().high());
        begin("target_ratio", "gauge", "Recall to be reached.");
        add("target_ratio", "", seen.target());
        begin("returned_ratio", "gauge", "Rows returned, of those asked for, in the last look.");
        add("returned_ratio", "", seen.returned());
        Losses loss = seen.loss();
        begin("loss_ratio", "gauge", "Mean loss of recall in the last look, by its part.");
        if (seen.codesKnown()) {
            add("loss_ratio", ",part=\"codes\"", loss.codes());
        }
        add("loss_ratio", ",part=\"graph\"", loss.graph());
        add("loss_ratio", ",part=\"filter\"", loss.filter());
        begin("alarm", "gauge", "Whether an alarm of a cause is on.");
        for (AlarmCause cause : AlarmCause.values()) {
            add(
                    "alarm",
                    ",cause=\"" + cause + "\"",
                    seen.alarms().stream().anyMatch(on -> on.cause() == cause) ? 1 : 0);
        }
        begin("last_look_timestamp_seconds", "gauge", "Time of the last look.");
        Instant time = Instant.parse(seen.time());
        add("last_look_timestamp_seconds", "", time.getEpochSecond() + Math.round(time.getNano() / 1e3) / MICROS);
    }

    private void begin(String name, String type, String help) {
        text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
        if (name.endsWith("_seconds")) {
            text.append("# UNIT ").append(PREFIX).append(name).append(" seconds\n");
        } else if (name.endsWith("_ratio")) {
            text.append("# UNIT ").append(PREFIX).append(name).append(" ratio\n");
        }
        text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    }

    private void add(String name, String labels, double value) {
        text.append(PREFIX).append(name).append('{').append(label).append(labels).append("} ");
        text.append(value == Math.rint(value) && Math.abs(value) < 1e15
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : Double.toString(value))
                .append('\n');
    }
}
