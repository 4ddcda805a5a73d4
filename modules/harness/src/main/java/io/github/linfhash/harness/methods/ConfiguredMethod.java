package io.github.linfhash.harness.methods;

import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.protocols.yaml.StrictYaml;
import io.github.linfhash.reports.results.MethodSummary;
import java.util.List;

/**
 * A registered method with the options of one comparison.
 *
 * @param spec the registration
 * @param options all options, defaults included
 * @param <O> the method's record of options
 */
public record ConfiguredMethod<O extends Record>(MethodSpec<O> spec, O options) {
    public String name() {
        return spec.name();
    }

    /** The method, ready to be trained. */
    public HashingMethod method() {
        return spec.create(options);
    }

    public MethodSummary summary() {
        return MethodSummary.of(spec, options);
    }

    /** SHA-256 over name and options. */
    public String hash() {
        return StrictYaml.hash(List.of(spec.name(), options));
    }
}
