package io.github.linfhash.experiment.tuning;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * The values that a search may give an option: a list, or an interval.
 *
 * @param values the list; null where an interval is given
 * @param from the least value; null where a list is given
 * @param to the greatest value; null where a list is given
 * @param scale on which values are drawn uniformly; logarithmic where nothing is said
 * @param whole whether values are whole numbers
 * @param least the natural limit below, which the interval is never widened beyond; null where there is none but 0
 * @param most the natural limit above
 */
public record SearchRange(
        @Nullable List<Object> values,
        @Nullable Double from,
        @Nullable Double to,
        @Nullable Scale scale,
        @Nullable Boolean whole,
        @Nullable Double least,
        @Nullable Double most) {
    private static final int DIGITS = 3;

    /** The share of an interval, on its scale, that counts as its border on either side. */
    private static final double BORDER = 0.01;

    private static final double DECADE = 10;

    /** On which scale values are drawn. */
    public enum Scale {
        /** Uniformly in the logarithm. */
        LOG,
        /** Uniformly. */
        LINEAR
    }

    /** An end of an interval. */
    enum Side {
        LOW,
        HIGH
    }

    public SearchRange {
        boolean list = values != null && !values.isEmpty() && from == null && to == null && scale == null;
        boolean interval = values == null && from != null && to != null && to >= from;
        if (interval && scale != Scale.LINEAR) {
            interval = Objects.requireNonNull(from) > 0;
        }
        if (!list && !interval) {
            throw new IllegalArgumentException(
                    "expected 'values' with at least one, or 'from' and 'to', above 0 unless the scale is linear");
        }
    }

    /** A list. */
    static SearchRange of(List<Object> values) {
        return new SearchRange(values, null, null, null, null, null, null);
    }

    /** An interval on a logarithmic scale. */
    static SearchRange logarithmic(double from, double to) {
        return new SearchRange(null, from, to, null, null, null, null);
    }

    /** Draws a value; those of an interval are rounded to three digits, or to whole numbers. */
    Object draw(UniformRandomProvider random) {
        if (values != null) {
            return values.get(random.nextInt(values.size()));
        }
        double drawn = valueAt(random.nextDouble());
        if (isWhole()) {
            return (int) Math.round(drawn);
        }
        return Double.parseDouble(String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", drawn));
    }

    private boolean isWhole() {
        return Boolean.TRUE.equals(whole);
    }

    private double valueAt(double position) {
        double low = start();
        return scale == Scale.LINEAR
                ? low + position * (end() - low)
                : Math.exp(Math.log(low) + position * Math.log(end() / low));
    }

    private double start() {
        return Objects.requireNonNull(from);
    }

    private double end() {
        return Objects.requireNonNull(to);
    }

    /** The end that a value lies at, or null: natural limits and lists have no border. */
    @Nullable Side border(Object value) {
        if (values != null || start() == end()) {
            return null;
        }
        double number = ((Number) value).doubleValue();
        if (number <= valueAt(BORDER) && start() > (least == null ? 0 : least)) {
            return Side.LOW;
        }
        return number >= valueAt(1 - BORDER) && end() < (most == null ? Double.POSITIVE_INFINITY : most)
                ? Side.HIGH
                : null;
    }

    /** This interval with a decade more at one end, or half of its width where its scale is linear. */
    SearchRange widened(Side side) {
        SearchRange more = beyond(side);
        return side == Side.LOW ? between(more.start(), end()) : between(start(), more.end());
    }

    /** Only what {@link #widened} adds. */
    SearchRange beyond(Side side) {
        double width = (end() - start()) / 2;
        if (side == Side.LOW) {
            double lower = scale == Scale.LINEAR ? start() - width : start() / DECADE;
            return between(Math.max(lower, least == null ? (scale == Scale.LINEAR ? 0 : lower) : least), start());
        }
        double higher = scale == Scale.LINEAR ? end() + width : end() * DECADE;
        return between(end(), Math.min(higher, most == null ? higher : most));
    }

    private SearchRange between(double low, double high) {
        return new SearchRange(null, low, high, scale, whole, least, most);
    }

    @Override
    public String toString() {
        return values != null ? values.toString() : start() + " to " + end();
    }
}
