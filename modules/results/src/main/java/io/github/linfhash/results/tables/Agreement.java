package io.github.linfhash.results.tables;

import io.github.linfhash.results.audit.Correction;
import io.github.linfhash.results.published.PublishedCell;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How our numbers stand to a printed one, corrected where it cannot be right. The paper does not say that it averages over
 * runs; its number counts as reached if one more of our runs could have given it.
 */
public enum Agreement {
    /** Within the range in which one more run would lie, 95 of 100 times. */
    REACHED,
    /** Ours are larger. */
    LARGER,
    /** Ours are smaller. */
    SMALLER;

    /** The agreement; empty where there is nothing to compare, or one seed and so no range. */
    static Optional<Agreement> of(
            Optional<PublishedCell> printed, Optional<Correction> correction, Optional<Summary> ours) {
        if (printed.isEmpty() || ours.isEmpty() || ours.get().reachOfOneRun().isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble target = correction
                .map(Correction::fraction)
                .orElse(OptionalDouble.of(printed.get().fraction()));
        if (target.isEmpty()) {
            return Optional.empty();
        }
        double rounding = printed.get().printed().halfUnit().doubleValue() / 100;
        double reach = ours.get().reachOfOneRun().getAsDouble() + rounding;
        double distance = ours.get().mean() - target.getAsDouble();
        return Optional.of(Math.abs(distance) <= reach ? REACHED : distance > 0 ? LARGER : SMALLER);
    }
}
