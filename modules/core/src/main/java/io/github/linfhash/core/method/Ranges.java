package io.github.linfhash.core.method;

import io.github.linfhash.core.errors.InputException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Checks options against the {@link Range} of their record's components. */
public final class Ranges {
    private Ranges() {}

    /**
     * Checks the values that a record is about to be made of.
     *
     * @param options the record's class
     * @param values one for each component, in the order of declaration; null for one that is left out
     * @throws InputException if a value is outside its range or not finite, in a sentence that begins with the option's name
     */
    public static void check(Class<? extends Record> options, @Nullable Object... values) {
        RecordComponent[] components = options.getRecordComponents();
        if (components.length != values.length) {
            throw new IllegalArgumentException(
                    options + " has " + components.length + " components, found " + values.length + " values");
        }
        for (int i = 0; i < values.length; i++) {
            Range range = components[i].getAnnotation(Range.class);
            Number value = range == null ? null : (Number) values[i];
            if (range != null && value != null && !contains(range, value.doubleValue())) {
                String text = text(range);
                throw new InputException(components[i].getName() + ": expected a "
                        + (value instanceof Double ? "" : "whole ") + "number "
                        + (text.startsWith("at ") ? "of " : "") + text + ", found " + value);
            }
        }
    }

    /**
     * Requires what no range of one option can say.
     *
     * @param sentence begins with the option's name, and says what is expected and what was found
     * @throws InputException with the sentence, if it does not hold
     */
    public static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new InputException(sentence);
        }
    }

    private static boolean contains(Range range, double value) {
        return Double.isFinite(value)
                && value >= range.least()
                && value <= range.most()
                && value > range.above()
                && value < range.below();
    }

    /** Returns a range in words, such as "from 1 to 1000", or "above 0". */
    public static String text(Range range) {
        boolean least = range.least() != Double.NEGATIVE_INFINITY;
        String low = least
                ? "at least " + text(range.least())
                : range.above() == Double.NEGATIVE_INFINITY ? "" : "above " + text(range.above());
        if (range.most() != Double.POSITIVE_INFINITY) {
            String most = text(range.most());
            return least ? "from " + text(range.least()) + " to " + most : join(low, "at most " + most);
        }
        return range.below() == Double.POSITIVE_INFINITY ? low : join(low, "below " + text(range.below()));
    }

    private static String join(String low, String high) {
        return low.isEmpty() ? high : low + " and " + high;
    }

    /** 1e-12 and not 1.0E-12, 2 and not 2.0. */
    private static String text(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e9
                ? Long.toString((long) bound)
                : BigDecimal.valueOf(bound)
                        .stripTrailingZeros()
                        .toString()
                        .replace("E+", "e")
                        .replace("E", "e");
    }
}
