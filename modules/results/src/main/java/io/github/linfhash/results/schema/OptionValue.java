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

/** The value of a method's option, as results.json keeps it. */
public sealed interface OptionValue {
    /** A text, or the name of a choice. */
    record Text(@JsonValue String value) implements OptionValue {
        @Override
        public String toString() {
            return value;
        }
    }

    /** A whole number. */
    record Whole(@JsonValue long value) implements OptionValue {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A finite real number. */
    record Real(@JsonValue double value) implements OptionValue {
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("expected as an option's value a finite number, found " + value);
            }
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** Yes or no. */
    record Flag(@JsonValue boolean value) implements OptionValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** Several values. */
    record Many(@JsonValue List<OptionValue> values) implements OptionValue {
        public Many {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.stream().map(OptionValue::toString).collect(Collectors.joining(", "));
        }
    }

    /** Not set. */
    record Unset() implements OptionValue {
        @JsonValue
        @Nullable Object value() {
            return null;
        }

        @Override
        public String toString() {
            return "not set";
        }
    }

    /**
     * The options of a record by name, groups of options followed.
     *
     * @throws IllegalArgumentException if a component is neither a text, a number, a boolean, an enum constant, a list
     *     of these, nor null
     */
    static Map<String, OptionValue> allOf(Record options) {
        Map<String, OptionValue> values = new LinkedHashMap<>();
        for (OptionEntry entry : OptionEntry.of(options)) {
            values.put(entry.name(), of(entry.value()));
        }
        return values;
    }

    /** The value of a component, or of what stands for it in results.json. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static OptionValue of(@Nullable Object value) {
        if (value == null) {
            return new Unset();
        }
        if (value instanceof Integer || value instanceof Long) {
            return new Whole(((Number) value).longValue());
        }
        if (value instanceof Float || value instanceof Double) {
            // By way of the text, so that the float 0.1 stays 0.1.
            return new Real(Double.parseDouble(value.toString()));
        }
        if (value instanceof Boolean flag) {
            return new Flag(flag);
        }
        if (value instanceof Enum<?> choice) {
            return new Text(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (value instanceof String text) {
            return new Text(text);
        }
        if (value instanceof List<?> list) {
            return new Many(list.stream().map(OptionValue::of).toList());
        }
        throw new IllegalArgumentException(
                "expected as an option's value a text, a number, true, false, null or a list of these, found " + value);
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
