package io.github.linfhash.results.schema;

import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.method.Origin;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
