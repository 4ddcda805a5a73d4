package io.github.linfhash.harness.methods;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.protocols.yaml.StrictYaml;
import io.github.linfhash.reports.results.MethodSummary;
import io.github.linfhash.reports.results.OptionOrigin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered method with the options of one comparison.
 *
 * @param spec the registration
 * @param options all options, defaults included
 * @param tunedBy the command that chose the options that are no defaults, or null if the protocol alone sets them
 * @param <O> the method's record of options
 */
public record ConfiguredMethod<O extends Record>(
        MethodSpec<O> spec, O options, @Nullable String tunedBy) {
    public String name() {
        return spec.name();
    }

    /**
     * The method, ready to be trained.
     *
     * @throws io.github.linfhash.core.errors.InputException if linear algebra computes wrongly on this processor
     */
    public HashingMethod method() {
        BlasCheck.requireSound();
        return spec.create(options);
    }

    /** The same method, its options known to be chosen by a command. */
    public ConfiguredMethod<O> chosenBy(@Nullable String command) {
        return new ConfiguredMethod<>(spec, options, command);
    }

    /** All options by name, groups as maps, as a protocol file has them. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> optionValues() {
        return StrictYaml.convert(name(), options, LinkedHashMap.class);
    }

    /** What results say of the method, with where each option comes from. */
    public MethodSummary summary() {
        OptionOrigin chosen = tunedBy == null
                ? new OptionOrigin(OptionOrigin.Source.PROTOCOL, "set by the protocol")
                : new OptionOrigin(OptionOrigin.Source.TUNED, tunedBy);
        return MethodSummary.of(spec, options, chosen);
    }

    /** SHA-256 over name and options. */
    public String hash() {
        return StrictYaml.hash(List.of(spec.name(), options));
    }
}
