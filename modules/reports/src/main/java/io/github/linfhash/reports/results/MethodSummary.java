package io.github.linfhash.reports.results;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import java.util.Map;

/**
 * A method as it took part in a comparison.
 *
 * @param name its name in the program
 * @param title its name for people
 * @param citation where it was published
 * @param supervision what it learns from
 * @param options the value of every option, in the order in which the method declares them
 */
public record MethodSummary(
        String name, String title, String citation, Supervision supervision, Map<String, OptionValue> options) {
    public MethodSummary {
        options = OrderedMaps.copy(options);
    }

    /** The summary of a registered method with the options that it was given. */
    public static <O extends Record> MethodSummary of(MethodSpec<O> spec, O options) {
        return new MethodSummary(
                spec.name(), spec.title(), spec.citation(), spec.supervision(), OptionValue.allOf(options));
    }
}
