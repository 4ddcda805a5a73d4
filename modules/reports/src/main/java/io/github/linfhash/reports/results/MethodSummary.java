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
 * @param origins where these values come from, for the options of which that is known
 */
public record MethodSummary(
        String name,
        String title,
        String citation,
        Supervision supervision,
        Map<String, OptionValue> options,
        Map<String, OptionOrigin> origins) {
    public MethodSummary {
        options = OrderedMaps.copy(options);
        origins = OrderedMaps.copy(origins);
        if (!options.keySet().containsAll(origins.keySet())) {
            throw new IllegalArgumentException("method " + name + " has origins of options that it does not have");
        }
    }

    /**
     * The summary of a registered method with the options that it was given.
     *
     * @param chosen the origin of the options that differ from the method's defaults
     */
    public static <O extends Record> MethodSummary of(MethodSpec<O> spec, O options, OptionOrigin chosen) {
        return new MethodSummary(
                spec.name(),
                spec.title(),
                spec.citation(),
                spec.supervision(),
                OptionValue.allOf(options),
                OptionOrigin.allOf(spec.defaults(), options, chosen));
    }
}
