package io.github.linfhash.results.regression;

import io.github.linfhash.core.results.ProtocolName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a protocol is expected to measure: the content of {@code reports/expected/PROTOCOL.yaml}.
 *
 * @param schema {@value #SCHEMA}
 * @param protocol the protocol's name
 * @param hashes what was measured on
 * @param environment what measured; codes are compared bit by bit only where it is the same
 * @param seeds the seeds, in the order of all lists of values; a cell that is not run with all of them names its own
 * @param rule where tolerances come from that were not set by hand
 * @param cells one for each method, or row of one, and code length
 */
public record Expected(
        String schema,
        String protocol,
        ExpectedHashes hashes,
        ExpectedEnvironment environment,
        List<Long> seeds,
        ToleranceRule rule,
        List<ExpectedCell> cells) {
    /** The schema that this version reads and writes. */
    public static final String SCHEMA = "linfhash-expected/1";

    /** @throws IllegalArgumentException if a seed or a cell occurs twice, or a list has not one value for each seed */
    public Expected {
        seeds = List.copyOf(seeds);
        cells = List.copyOf(cells);
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(
                ProtocolName.is(protocol),
                "expected a protocol's name of " + ProtocolName.FORM + ", found '" + protocol + "'");
        require(
                !seeds.isEmpty() && new HashSet<>(seeds).size() == seeds.size(),
                "expected seeds, each once, found " + seeds);
        require(
                hashes.splits().keySet().equals(new HashSet<>(seeds)),
                "expected a split for each of the seeds " + seeds + ", found those of "
                        + hashes.splits().keySet());
        for (ExpectedCell cell : cells) {
            cell.requireSeeds(seeds);
            cell.requireValues(seeds);
        }
        requireOnce(cells);
    }

    private static void requireOnce(List<ExpectedCell> cells) {
        HashSet<String> seen = new HashSet<>();
        for (ExpectedCell cell : cells) {
            require(seen.add(cell.name()), "expected each cell once, found " + cell.name() + " twice");
        }
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What is expected of a method, or of its row {@code METHOD:ROW}, at a code length; empty if nothing is. */
    public Optional<ExpectedCell> find(String method, int bits) {
        return cells.stream()
                .filter(cell -> cell.entry().equals(method) && cell.bits() == bits)
                .findFirst();
    }
}
