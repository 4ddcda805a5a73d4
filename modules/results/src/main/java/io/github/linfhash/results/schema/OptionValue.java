package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The value of a method's option, as results.json keeps it.
 *
 * @param value a text, a whole number (long), a finite real number (double), yes or no, several values (a list of these), or null where
 *     it is not set
 */
public record OptionValue(@JsonValue @Nullable Object value) {
    /**
     * Takes choices by their names and numbers of all types.
     *
     * @throws IllegalArgumentException if it is no such value
     */
    public OptionValue {
        value = kept(value);
    }

    private static @Nullable Object kept(@Nullable Object value) {
        if (value instanceof Integer whole) {
            return whole.longValue();
        }
        if (value instanceof Float || value instanceof Double) {
            // By way of the text, so that the float 0.1 stays 0.1.
            double number = Double.parseDouble(value.toString());
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("expected as an option's value a finite number, found " + value);
            }
            return number;
        }
        if (value instanceof Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OptionValue::of).toList();
        }
        if (value == null || value instanceof Long || value instanceof Boolean || value instanceof String) {
            return value;
        }
        throw new IllegalArgumentException(
                "expected as an option's value a text, a number, true, false, null or a list of these, found " + value);
    }

    /**
     * The options of a record by name, groups of options followed.
     *
     * @throws IllegalArgumentException if a component is neither a text, a number, a boolean, an enum constant, a list
     *     of these, nor null
     */
    public static Map<String, OptionValue> allOf(Record options) {
        Map<String, OptionValue> values = new LinkedHashMap<>();
        for (OptionEntry entry : OptionEntry.of(options)) {
            values.put(entry.name(), of(entry.value()));
        }
        return values;
    }

    /** The value of an option, or of a part of one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static OptionValue of(@Nullable Object value) {
        return value instanceof OptionValue known ? known : new OptionValue(value);
    }

    /** The value as people read it. */
    @Override
    public String toString() {
        if (value instanceof List<?> several) {
            return several.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        if (value instanceof Double number) {
            // 1e-8, as protocol files have it.
            return number.toString().replace(".0E", "e").replace('E', 'e');
        }
        return value == null ? "not set" : value.toString();
    }

    /**
     * Where the value of a method's option comes from.
     *
     * @param source what kind of place
     * @param note the place, or the reason, in a few words
     */
    public record OptionOrigin(Source source, String note) {
        /** Kinds of places: those of {@link Origin.Source} for a method's own default, and the protocol. */
        public enum Source {
            PAPER,
            RELEASED_CODE,
            OUR_READING,
            /** Found by a search on training images. */
            TUNED,
            /** Set by the protocol, other than the method's default. */
            PROTOCOL;

            /** The name for people. */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }

        /**
         * The origins of a method's options by name: that of the default where an option has its default, else what was
         * chosen. A default that does not say where it comes from is left out.
         *
         * @param defaults all options as the method declares them
         * @param options all options as they were used
         * @param chosen the origin of every value that is not the default
         */
        static Map<String, OptionOrigin> allOf(Record defaults, Record options, OptionOrigin chosen) {
            Map<String, OptionValue> defaultValues = OptionValue.allOf(defaults);
            Map<String, OptionValue> values = OptionValue.allOf(options);
            Map<String, OptionOrigin> origins = new LinkedHashMap<>();
            for (OptionEntry entry : OptionEntry.of(options)) {
                OptionValue value = values.get(entry.name());
                Origin declared = entry.origin();
                if (value != null && !value.equals(defaultValues.get(entry.name()))) {
                    origins.put(entry.name(), chosen);
                } else if (declared != null) {
                    origins.put(entry.name(), of(declared));
                }
            }
            return origins;
        }

        private static OptionOrigin of(Origin declared) {
            return new OptionOrigin(Source.valueOf(declared.value().name()), declared.note());
        }
    }
}
