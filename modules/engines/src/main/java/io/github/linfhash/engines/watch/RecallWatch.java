package io.github.linfhash.engines.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param baseline what the recall of this generation is at least, for {@link Alarm#FALL}
 * @param evidence for each alarm
 * @param alarms the alarms that are on, with their causes
 * @param losses the sums of the losses of this generation's looks
 */
public record RecallWatch(
        double target,
        boolean independent,
        int looks,
        int generation,
        Values since,
        List<Values> windows,
        double baseline,
        Map<Alarm, Evidence> evidence,
        Map<Alarm, AlarmCause> alarms,
        Losses losses) {
    /** The probability of errors. */
    public static final double LEVEL = 0.05;

    /** The looks from the beginning of a window to that of the next one. */
    public static final int WINDOW = 10;

    /** The subject of an alarm: a mean of numbers from 0 to 1 is below a bound. */
    public enum Alarm {
        /** The recall is below the target. */
        RECALL(0.4),
        /** The recall is below the least that it was since the last change. */
        FALL(0.2),
        /** Of the rows asked for, fewer than 99% are returned. */
        ROWS(0.2),
        /** More than half of the queries are farther from their nearest row than three fourths of the first ones. */
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
     * @param indexed whether they use an index of vectors
     */
    public record Observed(
            List<Double> recalls,
            List<Double> returned,
            Losses losses,
            List<Double> near,
            List<Double> nearRows,
            boolean filtered,
            boolean indexed) {}

    /** @throws IllegalArgumentException if a number is not as described */
    public RecallWatch {
        windows = List.copyOf(windows);
        evidence = Map.copyOf(evidence);
        alarms = Map.copyOf(alarms);
        boolean inside = target > 0 && target < 1 && baseline >= 0 && baseline < 1;
        if (!inside || looks < 0 || generation < 1 || windows.size() > 2 || evidence.size() != Alarm.values().length) {
            throw new IllegalArgumentException("expected a target between 0 and 1, and evidence for each alarm");
        }
    }

    /** Returns a watch before its first look. */
    public static RecallWatch begin(double target, boolean independent) {
        return anew(target, independent, 0, 1, List.of());
    }

    private static RecallWatch anew(
            double target, boolean independent, int looks, int generation, List<Values> windows) {
        return new RecallWatch(
                target, independent, looks, generation, Values.NONE, windows, 0, noEvidence(), Map.of(), Losses.NONE);
    }

    /** Returns a watch that takes what is measured from now on for normal: its alarms are off, and its levels are corrected. */
    public RecallWatch accepted() {
        return anew(target, independent, looks, generation + 1, windows);
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
        return MeanSequence.interval(windows.get(0), LEVEL / of((looks + WINDOW - 1) / WINDOW - windows.size() + 1));
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
        Map<Alarm, AlarmCause> on = new EnumMap<>(Alarm.class);
        on.putAll(alarms);
        for (Alarm alarm : Alarm.values()) {
            Evidence seen = Objects.requireNonNull(grown.get(alarm));
            if (!on.containsKey(alarm) && seen.value() >= 1 / level(alarm, generation)) {
                on.put(alarm, cause(alarm, grown, look));
                grown.put(alarm, seen.withoutRecent());
            }
        }
        List<Values> kept = new ArrayList<>(windows);
        if (looks % WINDOW == 0) {
            kept.add(Values.NONE);
        }
        List<Values> last = kept.subList(Math.max(0, kept.size() - 2), kept.size()).stream()
                .map(window -> window.with(recalls))
                .toList();
        Values all = since.with(recalls);
        // What is compared with a fall stays as it was before.
        double least = on.containsKey(Alarm.FALL)
                ? baseline
                : Math.max(baseline, MeanSequence.lower(all, level(Alarm.FALL, generation)));
        RecallWatch next = new RecallWatch(
                target,
                independent,
                looks + 1,
                generation,
                all,
                last,
                Math.min(least, Math.nextDown(1.0)),
                grown,
                on,
                losses.plus(look.losses(), 1));
        boolean well = on.keySet().stream()
                .allMatch(alarm -> Objects.requireNonNull(grown.get(alarm)).recovered(bound(alarm)));
        return well && !on.isEmpty() ? next.accepted() : next;
    }

    private List<Double> units(List<Double> numbers) {
        return independent || numbers.isEmpty() ? numbers : List.of(Evidence.mean(numbers));
    }

    private void grow(Map<Alarm, Evidence> all, Alarm alarm, List<Double> numbers) {
        if (!numbers.isEmpty()) {
            all.computeIfPresent(alarm, (key, before) -> before.after(bound(alarm), numbers));
        }
    }

    private AlarmCause cause(Alarm alarm, Map<Alarm, Evidence> seen, Observed look) {
        boolean vectors = alarm == Alarm.VECTORS;
        // A filter that matches fewer rows makes the nearest one farther, so that queries seem to have moved.
        if (alarm == Alarm.ROWS || (!vectors && explains(Alarm.ROWS, seen))) {
            return look.filtered() ? AlarmCause.FILTER : AlarmCause.TOO_FEW_ROWS;
        }
        if (alarm == Alarm.QUERIES || (!vectors && explains(Alarm.QUERIES, seen))) {
            return AlarmCause.QUERIES_MOVED;
        }
        if (vectors || explains(Alarm.VECTORS, seen)) {
            return AlarmCause.VECTORS_MOVED;
        }
        // Where recall has fallen, the loss that grew most; else the largest.
        int before = Objects.requireNonNull(evidence.get(Alarm.RECALL)).looks();
        Losses grown =
                before > 0 && explains(Alarm.FALL, seen) ? look.losses().plus(losses, -1.0 / before) : look.losses();
        double most = Math.max(grown.codes, Math.max(grown.graph, grown.filter));
        return most == grown.graph
                ? (look.indexed() ? AlarmCause.GRAPH : AlarmCause.SEARCH)
                : most == grown.codes ? AlarmCause.CODES : AlarmCause.FILTER;
    }

    /** Whether the mean of another alarm is below its bound in the last look, which needs no evidence as it turns nothing on. */
    private boolean explains(Alarm alarm, Map<Alarm, Evidence> seen) {
        List<Double> recent = Objects.requireNonNull(seen.get(alarm)).recent();
        return !recent.isEmpty() && recent.get(recent.size() - 1) < bound(alarm);
    }
}
