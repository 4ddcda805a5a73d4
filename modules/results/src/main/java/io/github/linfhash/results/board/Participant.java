package io.github.linfhash.results.board;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.tables.SeedValues;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A method, or one of its rows, as one results file has it. */
public final class Participant {
    private final GivenResults one;
    private final MethodSummary method;
    private final boolean alone;
    private final Map<Integer, List<RunResult>> runs;

    /**
     * One with its runs.
     *
     * @param alone whether no other results file of the ranking has a method of this name
     */
    Participant(GivenResults one, MethodSummary method, boolean alone, List<RunResult> runs) {
        this.one = one;
        this.method = method;
        this.alone = alone;
        this.runs = runs.stream()
                .collect(Collectors.groupingBy(run -> run.key().bits(), TreeMap::new, Collectors.toList()));
    }

    public GivenResults given() {
        return one;
    }

    public MethodSummary method() {
        return method;
    }

    /** What people call it; where its name alone would leave open which is meant, with the folder of its results. */
    public String label() {
        if (!alone) {
            return method.label() + " (" + one.label() + ")";
        }
        return one.about().isPresent() ? method.label() + " (submission)" : method.label();
    }

    /** What tables for programs call it: {@code METHOD} or {@code METHOD:ROW}, behind {@code FOLDER/} where it is not alone. */
    public String key() {
        return alone ? method.entry() : one.label() + "/" + method.entry();
    }

    /** The code lengths that it was run at, ascending. */
    public List<Integer> bits() {
        return List.copyOf(runs.keySet());
    }

    /** Its runs at a code length, failed ones included, by seed. */
    public List<RunResult> runs(int bits) {
        return runs.getOrDefault(bits, List.of());
    }

    /** A metric at a code length, by seed. */
    public SeedValues metric(String key, int bits) {
        return SeedValues.ofMetric(runs(bits), key);
    }

    /** The seconds of a phase at a code length, by seed, of the runs that did not fail. */
    public SeedValues seconds(String phase, int bits) {
        return SeedValues.ofSeconds(
                runs(bits).stream().filter(run -> !run.failed()).toList(), phase);
    }
}
