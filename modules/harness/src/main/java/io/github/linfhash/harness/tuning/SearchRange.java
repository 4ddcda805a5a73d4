package io.github.linfhash.harness.tuning;

import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The values that a search may give an option: a list, or an interval on a logarithmic scale.
 *
 * @param values the list; null where an interval is given
 * @param from the least value, above 0; null where a list is given
 * @param to the greatest value; null where a list is given
 */
public record SearchRange(
        @Nullable List<Object> values,
        @Nullable Double from,
        @Nullable Double to) {
    private static final int DIGITS = 3;

    public SearchRange {
        boolean list = values != null && !values.isEmpty() && from == null && to == null;
        boolean interval = values == null && from != null && to != null && from > 0 && to >= from;
        if (!list && !interval) {
            throw new IllegalArgumentException("expected 'values' with at least one, or 'from' above 0 and 'to'");
        }
    }

    /** Draws a value: uniform over the list, or log-uniform over the interval, rounded to three digits. */
    Object draw(UniformRandomProvider random) {
        if (values != null) {
            return values.get(random.nextInt(values.size()));
        }
        if (from == null || to == null) {
            throw new IllegalStateException("a range has either values or both ends");
        }
        double value = Math.exp(Math.log(from) + random.nextDouble() * Math.log(to / from));
        return Double.parseDouble(String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value));
    }
}
