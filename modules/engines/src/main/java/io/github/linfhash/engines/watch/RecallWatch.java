package io.github.linfhash.engines.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Intervals and alarms of the recall of a stream of looks. Each look makes a new one.
 *
 * <p>The probability of any false alarm, of whatever kind and over the whole watch, is at most {@value #LEVEL}. Each {@link Alarm} has a share of this
 * level. After the g-th change, a level becomes 1 / (g (g + 1)) of it, and so does that of the g-th sequence and of the g-th window, so that all of them
 * together hold at their level.
 *
 * <p>Queries that were drawn independently are bet on one by one. Logged queries of a look may resemble each other, so their mean is bet on once.
 *
 * @param target the recall to be reached, below 1
 * @param independent whether the queries of a look are drawn independently
 * @param looks how many there were
 * @param generation from 1 on, one more after each change
 * @param since the recalls since the last change
 * @param windows the last two windows, older first; each begins {@value #WINDOW} looks after the one before
 * @param windowsBegun how many windows there were
 * @param baseline what the recall of this generation is at least, for {@link Alarm#FALL}
 * @param evidence for each alarm
 * @param alarms the alarms that are on, with their causes
 * @param lossesBefore the sums of the losses of this generation's looks except for the recent ones
 * @param recentLosses the losses of the last looks
 */
public record RecallWatch(
        double target,
        boolean independent,
        int looks,
        int generation,
        Values since,
        List<Values> windows,
        int windowsBegun,
        double baseline,
        Map<Alarm, Evidence> evidence,
        Map<Alarm, AlarmCause> alarms,
        Losses lossesBefore,
        List<Losses> recentLosses) {
    /** The probability of errors. */
    public static final double LEVEL = 0.05;

    /** The looks from the beginning of a window to that of the next one. */
    public static final int WINDOW = 10;

    /** The looks whose losses explain an alarm. */
    private static final int RECENT_LOSSES = 3;

    /** What an alarm is about: a mean of numbers from 0 to 1 is below a bound. */
    public enum Alarm {
        /** The recall is below the target. */
        RECALL(0.4),
        /** The recall is below the least that it was since the last change. */
        FALL(0.2),
        /** Of the rows asked for, fewer than 99% are returned. */
        ROWS(0.2),
        /** More than half of the queries are farther from their nearest row than three fourths of those of the first look. */
        QUERIES(0.1),
        /** More than a tenth of the rows are farther from those of the first look than almost all of these are from each other. */
        VECTORS(0.1);

        private final double share;

        Alarm(double share) {
            this.share = share;
        }
    }

    /**
     * The mean losses of recall of a look.
     *
     * @param codes by an exact scan of the codes
     * @param graph by the search of the index
     * @param filter by searches with a filter that ended too early
     */
    public record Losses(double codes, double graph, double filter) {
        static final Losses NONE = new Losses(0, 0, 0);

        private Losses plus(Losses other, double times) {
            return new Losses(codes + times * other.codes, graph + times * other.graph, filter + times * other.filter);
        }
    }

    /**
     * The numbers of a look, each from 0 to 1.
     *
     * @param recalls of the queries, at least one
     * @param returned the share of the rows asked for that each query returned
     * @param losses the mean losses
     * @param near for each query, 1 if it is as near to a row as queries of the first look, else 0; may be empty
     * @param nearRows for rows of the table, 1 if one is as near to rows of the first look as these are to each other, else 0; may be empty
     * @param filtered whether the searches have a filter
     */
    public record Observed(
            List<Double> recalls,
            List<Double> returned,
            Losses losses,
            List<Double> near,
            List<Double> nearRows,
            boolean filtered) {}

    /** @throws IllegalArgumentException if a number is not as described */
    public RecallWatch {
        windows = List.copyOf(windows);
        evidence = Map.copyOf(evidence);
        alarms = Map.copyOf(alarms);
        recentLosses = List.copyOf(recentLosses);
        if (!(target > 0 && target < 1) || looks < 0 || generation < 1 || windows.size() > 2 || windowsBegun < windows.size()
                || !(baseline >= 0 && baseline < 1) || evidence.size() != Alarm.values().length) {
            throw new IllegalArgumentException("expected a watch with a target between 0 and 1 and evidence for each alarm");
        }
    }

    /** Returns a watch before its first look. */
    public static RecallWatch begin(double target, boolean independent) {
        return new RecallWatch(
                target, independent, 0, 1, Values.NONE, List.of(), 0, 0, noEvidence(), Map.of(), Losses.NONE, List.of());
    }

    private static Map<Alarm, Evidence> noEvidence() {
        Map<Alarm, Evidence> none = new EnumMap<>(Alarm.class);
        Stream.of(Alarm.values()).forEach(alarm -> none.put(alarm, Evidence.NONE));
        return none;
    }

    /** The interval of the mean recall since the last change. */
    @JsonIgnore
    public Interval sinceChange() {
        return MeanSequence.interval(since, LEVEL / of(generation));
    }

    /** The interval of the mean recall of the last {@value #WINDOW} to 20 looks, or of all if there were fewer. */
    @JsonIgnore
    public Interval now() {
        return MeanSequence.interval(windows.get(0), LEVEL / of(windowsBegun - windows.size() + 1));
    }

    private static double of(int number) {
        return number * (number + 1.0);
    }

    private static double level(Alarm alarm, int generation) {
        // A fall has two errors: the baseline may be wrong, and the evidence.
        return LEVEL * alarm.share / of(generation) / (alarm == Alarm.FALL ? 2 : 1);
    }

    private double bound(Alarm alarm) {
        return switch (alarm) {
            case RECALL -> target;
            case FALL -> baseline;
            case ROWS -> 0.99;
            case QUERIES -> 0.5;
            case VECTORS -> 0.9;
        };
    }

    /** Returns the watch after a look. */
    public RecallWatch after(Observed look) {
        List<Double> recalls = units(look.recalls());
        Map<Alarm, Evidence> grown = new EnumMap<>(evidence);
        grow(grown, Alarm.RECALL, recalls);
        grow(grown, Alarm.FALL, recalls);
        grow(grown, Alarm.ROWS, units(look.returned()));
        grow(grown, Alarm.QUERIES, units(look.near()));
        grow(grown, Alarm.VECTORS, look.nearRows());
        List<Values> kept = new ArrayList<>(windows);
        int begun = windowsBegun;
        if (looks % WINDOW == 0) {
            kept.add(Values.NONE);
            begun++;
        }
        List<Values> last = kept.subList(Math.max(0, kept.size() - 2), kept.size()).stream()
                .map(window -> window.with(recalls))
                .toList();
        List<Losses> losses = new ArrayList<>(recentLosses);
        losses.add(look.losses());
        Losses before = losses.size() > RECENT_LOSSES ? lossesBefore.plus(losses.remove(0), 1) : lossesBefore;
        Values all = since.with(recalls);
        double least = alarms.containsKey(Alarm.FALL)
                ? baseline
                : Math.max(baseline, MeanSequence.lower(all, level(Alarm.FALL, generation)));
        RecallWatch next = new RecallWatch(
                target, independent, looks + 1, generation, all, last, begun, Math.min(least, Math.nextDown(1.0)), grown, alarms, before, losses);
        return next.alarmed(look.filtered(), bound(Alarm.FALL));
    }

    private List<Double> units(List<Double> numbers) {
        return independent || numbers.isEmpty() ? numbers : List.of(Evidence.mean(numbers));
    }

    private void grow(Map<Alarm, Evidence> all, Alarm alarm, List<Double> numbers) {
        if (!numbers.isEmpty()) {
            all.computeIfPresent(alarm, (key, before) -> before.after(bound(alarm), numbers));
        }
    }

    private double value(Alarm alarm) {
        return Objects.requireNonNull(evidence.get(alarm)).value();
    }

    /** Turns alarms on, and begins anew when all that are on have recovered. */
    private RecallWatch alarmed(boolean filtered, double baselineBefore) {
        Map<Alarm, AlarmCause> on = new EnumMap<>(Alarm.class);
        on.putAll(alarms);
        Map<Alarm, Evidence> seen = new EnumMap<>(evidence);
        for (Alarm alarm : Alarm.values()) {
            if (!on.containsKey(alarm) && value(alarm) >= 1 / level(alarm, generation)) {
                on.put(alarm, cause(alarm, filtered));
                seen.computeIfPresent(alarm, (key, before) -> before.withoutRecent());
            }
        }
        if (!on.isEmpty()
                && on.keySet().stream()
                        .allMatch(alarm -> Objects.requireNonNull(seen.get(alarm))
                                .recovered(alarm == Alarm.FALL ? baselineBefore : bound(alarm)))) {
            return accepted();
        }
        boolean changed = !on.keySet().equals(alarms.keySet());
        return new RecallWatch(
                target,
                independent,
                looks,
                generation,
                since,
                windows,
                windowsBegun,
                changed && on.containsKey(Alarm.FALL) ? baselineBefore : baseline,
                seen,
                on,
                lossesBefore,
                recentLosses);
    }

    /** Returns a watch that takes what is measured from now on for normal: its alarms are off, and its levels are corrected. */
    public RecallWatch accepted() {
        return new RecallWatch(
                target,
                independent,
                looks,
                generation + 1,
                Values.NONE,
                windows,
                windowsBegun,
                0,
                noEvidence(),
                Map.of(),
                Losses.NONE,
                List.of());
    }

    /** Whether the mean of another alarm is below its bound in the last look, which needs no evidence as it turns nothing on. */
    private boolean explains(Alarm alarm) {
        List<Double> recent = Objects.requireNonNull(evidence.get(alarm)).recent();
        return !recent.isEmpty() && recent.get(recent.size() - 1) < bound(alarm);
    }

    private AlarmCause cause(Alarm alarm, boolean filtered) {
        AlarmCause rows = filtered ? AlarmCause.FILTER : AlarmCause.TOO_FEW_ROWS;
        switch (alarm) {
            case QUERIES:
                return AlarmCause.QUERIES_MOVED;
            case VECTORS:
                return AlarmCause.VECTORS_MOVED;
            case ROWS:
                return rows;
            default:
                break;
        }
        if (explains(Alarm.QUERIES)) {
            return AlarmCause.QUERIES_MOVED;
        }
        if (explains(Alarm.VECTORS)) {
            return AlarmCause.VECTORS_MOVED;
        }
        if (explains(Alarm.ROWS)) {
            return rows;
        }
        // Where recall has fallen, the loss that grew most; else the largest.
        int before = Math.max(1, Objects.requireNonNull(evidence.get(Alarm.RECALL)).looks() - recentLosses.size());
        Losses grown = recentLosses.stream().reduce(Losses.NONE, (sum, one) -> sum.plus(one, 1.0 / recentLosses.size()));
        if (explains(Alarm.FALL)) {
            grown = grown.plus(lossesBefore, -1.0 / before);
        }
        double most = DoubleStream.of(grown.codes, grown.graph, grown.filter).max().getAsDouble();
        return most == grown.graph ? AlarmCause.GRAPH : most == grown.codes ? AlarmCause.CODES : AlarmCause.FILTER;
    }
}
