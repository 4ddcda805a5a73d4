package io.github.linfhash.engines.watch;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/**
 * The last look as metrics in the text format of <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>, which the text file
 * collector of the node exporter reads, too.
 */
public final class WatchMetrics {
    private static final String PREFIX = "linfhash_watch_";
    private static final double MILLIS = 1e3;

    private final StringBuilder text = new StringBuilder();
    private final String label;

    private WatchMetrics(String table) {
        label = "table=\"" + table.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** Returns the metrics of a table. */
    public static String of(String table, WatchState state) {
        WatchMetrics metrics = new WatchMetrics(table);
        metrics.counter("looks", "Looks that were measured.", state.watch().looks());
        metrics.counter("failed_looks", "Looks that failed.", (double) state.failed());
        metrics.counter("queries", "Queries that were searched.", (double) state.searched());
        metrics.counter("statement_seconds", "Time that statements ran in the database.", state.seconds());
        if (!state.seen().isEmpty()) {
            metrics.add(state.seen().get(state.seen().size() - 1));
        }
        return metrics.text.append("# EOF\n").toString();
    }

    private void add(Seen seen) {
        gauge("recall_ratio", "Mean recall of the last looks and of all since the last change.");
        over("recall_ratio", seen, Interval::mean);
        gauge("recall_lower_ratio", "Lower end of the 95% confidence sequence of the mean recall.");
        over("recall_lower_ratio", seen, Interval::low);
        gauge("recall_upper_ratio", "Upper end of the 95% confidence sequence of the mean recall.");
        over("recall_upper_ratio", seen, Interval::high);
        gauge("target_ratio", "Recall to be reached.");
        sample("target_ratio", "", seen.target());
        gauge("returned_ratio", "Rows returned, of those asked for, in the last look.");
        sample("returned_ratio", "", seen.returned());
        gauge("loss_ratio", "Mean loss of recall in the last look, by its part.");
        if (seen.codesKnown()) {
            sample("loss_ratio", ",part=\"codes\"", seen.loss().codes());
        }
        sample("loss_ratio", ",part=\"graph\"", seen.loss().graph());
        sample("loss_ratio", ",part=\"filter\"", seen.loss().filter());
        gauge("alarm", "Whether an alarm of a cause is on.");
        for (AlarmCause cause : AlarmCause.values()) {
            boolean on = seen.alarms().stream().anyMatch(alarm -> alarm.cause() == cause);
            sample("alarm", ",cause=\"" + cause + "\"", on ? 1 : 0);
        }
        gauge("last_look_timestamp_seconds", "Time of the last look.");
        sample("last_look_timestamp_seconds", "", Instant.parse(seen.time()).toEpochMilli() / MILLIS);
    }

    private void over(String name, Seen seen, ToDoubleFunction<Interval> number) {
        sample(name, ",over=\"now\"", number.applyAsDouble(seen.now()));
        sample(name, ",over=\"change\"", number.applyAsDouble(seen.sinceChange()));
    }

    private void counter(String name, String help, double value) {
        begin(name, "counter", help);
        sample(name + "_total", "", value);
    }

    private void gauge(String name, String help) {
        begin(name, "gauge", help);
    }

    private void begin(String name, String type, String help) {
        String unit = name.substring(name.lastIndexOf('_') + 1);
        text.append("# TYPE " + PREFIX + name + " " + type + "\n");
        if (unit.equals("seconds") || unit.equals("ratio")) {
            text.append("# UNIT " + PREFIX + name + " " + unit + "\n");
        }
        text.append("# HELP " + PREFIX + name + " " + help + "\n");
    }

    private void sample(String name, String labels, double value) {
        text.append(PREFIX + name + "{" + label + labels + "} "
                + BigDecimal.valueOf(value).toPlainString() + "\n");
    }
}
