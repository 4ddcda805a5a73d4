package io.github.linfhash.results.audit;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is to be read in place of a printed number that cannot be right.
 *
 * @param fraction the number that follows from the rest of the table, as a fraction; empty if none follows
 * @param reasons the sentences of the audit that show it
 */
public record Correction(OptionalDouble fraction, List<String> reasons) {
    public Correction {
        reasons = List.copyOf(reasons);
    }
}
