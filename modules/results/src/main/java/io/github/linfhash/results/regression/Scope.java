package io.github.linfhash.results.regression;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the expected results that is looked at; empty means all.
 *
 * @param methods names of methods, each for all of its variants, or {@code METHOD:VARIANT}
 * @param bits code lengths N
 * @param seeds seeds
 */
public record Scope(Optional<Set<String>> methods, Optional<Set<Integer>> bits, Optional<Set<Long>> seeds) {
    /** Everything. */
    public static final Scope ALL = new Scope(Optional.empty(), Optional.empty(), Optional.empty());

    /** The part of results that is looked at. */
    public Results of(Results results) {
        ProtocolSummary protocol = results.protocol();
        return new Results(
                protocol.withRuns(
                        protocol.bits().stream()
                                .filter(n -> bits.map(set -> set.contains(n)).orElse(true))
                                .toList(),
                        protocol.seeds().stream().filter(this::has).toList(),
                        protocol.methods().stream()
                                .filter(method -> methods.map(
                                                set -> set.contains(method.entry()) || set.contains(method.name()))
                                        .orElse(true))
                                .toList()),
                results.environment(),
                results.runs().stream()
                        .filter(run -> has(run.key().entry(), run.key().bits())
                                && has(run.key().seed()))
                        .toList());
    }

    boolean has(String method, int n) {
        return methods.map(set -> set.contains(method) || set.contains(RunKey.methodOf(method)))
                        .orElse(true)
                && bits.map(set -> set.contains(n)).orElse(true);
    }

    boolean has(long seed) {
        return seeds.map(set -> set.contains(seed)).orElse(true);
    }

    /** Whether cells are left out. */
    boolean leavesCellsOut() {
        return methods.isPresent() || bits.isPresent();
    }
}
