package io.github.linfhash.results.audit;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of the protocol behind a table.
 *
 * @param facts sizes; without them, units of precision cannot be checked
 * @param answerable the share of queries with anything relevant, within 0..1, where the others count zero
 * @param f1OfMeans whether F1 is that of the averages; if it is the average of the queries' F1, it may be smaller
 */
public record AuditSettings(Optional<TableFacts> facts, OptionalDouble answerable, boolean f1OfMeans) {
    /** @throws IllegalArgumentException if the share is outside 0..1 */
    public AuditSettings {
        if (answerable.isPresent() && !(answerable.getAsDouble() >= 0 && answerable.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "expected a share of queries within 0..1, found " + answerable.getAsDouble());
        }
    }

    /** Nothing but the sizes, if they are known. */
    public static AuditSettings of(Optional<TableFacts> facts) {
        return new AuditSettings(facts, OptionalDouble.empty(), true);
    }
}
