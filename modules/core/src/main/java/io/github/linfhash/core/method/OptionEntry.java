package io.github.linfhash.core.method;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option of a method. An option of a group that does not say where its default comes from has the group's origin.
 *
 * @param name its path in the method's record of options, such as {@code anchors} or {@code training.learningRate}
 * @param value its value
 * @param origin where its default comes from, or null if the component does not say
 * @param range the numbers that it accepts, or null if it is no number or accepts all
 */
public record OptionEntry(
        String name,
        @Nullable Object value,
        @Nullable Origin origin,
        @Nullable Range range) {
    /** All options of a record, in the order of declaration; groups of options (records) are followed, not listed. */
    public static List<OptionEntry> of(Record options) {
        List<OptionEntry> entries = new ArrayList<>();
        collect("", null, options, entries);
        return List.copyOf(entries);
    }

    /** Returns options in a few words: {@code bits 1, dimensions 384}. */
    public static String words(Record options) {
        return words(options, " ", ", ");
    }

    /** Returns options with given texts between a name and its value, and between two options. */
    public static String words(Record options, String between, String separator) {
        return of(options).stream()
                .map(option -> option.shortName()
                        + between
                        + String.valueOf(option.value).toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(separator));
    }

    /** Returns the name without its group. */
    public String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void collect(String prefix, @Nullable Origin group, Record options, List<OptionEntry> entries) {
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            String name = prefix + component.getName();
            Origin own = component.getAnnotation(Origin.class);
            Origin origin = own == null ? group : own;
            Object value = valueOf(component, options);
            if (value instanceof Record nested) {
                collect(name + ".", origin, nested, entries);
            } else {
                entries.add(new OptionEntry(name, value, origin, component.getAnnotation(Range.class)));
            }
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record options) {
        try {
            // The options of a method may be a record that only its module sees.
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("option " + component.getName() + " cannot be read", e);
        }
    }
}
