package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.tables.CellValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A configuration in a results file with its runs: a method, one of its variants, or several tuning runs of a variant. */
public final class RankedConfiguration {
    private final SubmittedResults one;
    private final Configuration method;
    private final boolean alone;
    private final Set<Integer> opened;
    private final Map<Integer, List<RunResult>> runs;

    /**
     * A configuration with its runs.
     *
     * @param alone whether no other results file of the ranking has a method of this name
     * @param opened the code lengths at which pages open with it
     */
    RankedConfiguration(
            SubmittedResults one, Configuration method, boolean alone, Set<Integer> opened, List<RunResult> runs) {
        this.one = one;
        this.method = method;
        this.alone = alone;
        this.opened = Set.copyOf(opened);
        this.runs = runs.stream()
                .collect(Collectors.groupingBy(run -> run.key().bits(), TreeMap::new, Collectors.toList()));
    }

    public SubmittedResults given() {
        return one;
    }

    public Configuration method() {
        return method;
    }

    /** Returns the source of its method, see {@link SubmittedResults#source}. */
    public String source() {
        return one.source(method);
    }

    /** Returns its name for people, with the folder of its results where the name alone would be ambiguous. */
    public String label() {
        if (!alone) {
            return method.label() + " (" + one.label() + ")";
        }
        return one.about().isPresent() ? method.label() + " (submission)" : method.label();
    }

    /** Returns its name in tables for programs: {@code METHOD} or {@code METHOD:VARIANT}, behind {@code FOLDER/} where it is not alone. */
    public String key() {
        return alone ? method.entry() : one.label() + "/" + method.entry();
    }

    /** Returns in a few words how its options were chosen. */
    public String tuned() {
        return one.results().protocol().tuned(method.entry());
    }

    /** Returns the code lengths of its runs, ascending. */
    public List<Integer> bits() {
        return List.copyOf(runs.keySet());
    }

    /** Returns whether pages open with it at a code length: it is in the picture and has a group. */
    public boolean opened(int bits) {
        return opened.contains(bits);
    }

    /** Returns its runs at a code length, failed ones included, by tuning run, then by seed. */
    public List<RunResult> runs(int bits) {
        return runs.getOrDefault(bits, List.of());
    }

    /** Returns the values of a metric at a code length. */
    public CellValues metric(Quantity metric, int bits) {
        return CellValues.ofMetric(runs(bits), metric, one.results().protocol(), one.values());
    }

    /** Returns the seconds of a phase at a code length, without failed runs. */
    public CellValues seconds(Quantity phase, int bits) {
        return CellValues.ofSeconds(
                runs(bits).stream().filter(run -> !run.failed()).toList(), phase);
    }
}
