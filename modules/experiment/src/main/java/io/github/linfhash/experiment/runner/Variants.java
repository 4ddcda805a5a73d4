package io.github.linfhash.experiment.runner;

import io.github.linfhash.experiment.registry.ConfiguredMethod;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.protocols.protocol.Protocol;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variants of a comparison's methods: each is a comparison of its own, of one method with some options changed, whose
 * results lie in a folder of their own.
 */
public final class Variants {
    private static final String FOLDER = "variants";

    private Variants() {}

    /** The folder of all variants of the results in a folder. */
    public static Path folder(Path results) {
        return results.resolve(FOLDER);
    }

    /** By name, those of the protocol's variants whose methods the comparison has, at its code lengths and seeds. */
    public static Map<String, Comparison> of(Comparison comparison, MethodRegistry registry) {
        Map<String, Comparison> variants = new LinkedHashMap<>();
        for (Protocol.Variant variant : comparison.protocol().variants()) {
            for (ConfiguredMethod<?> method : comparison.methods()) {
                if (variant.isOf(method.name(), method.variant())) {
                    variants.put(
                            variant.name(),
                            Comparison.of(
                                    comparison.protocol(),
                                    List.of(changed(method, variant, registry)),
                                    comparison.bits(),
                                    comparison.seeds()));
                }
            }
        }
        return variants;
    }

    private static ConfiguredMethod<?> changed(
            ConfiguredMethod<?> method, Protocol.Variant variant, MethodRegistry registry) {
        return registry.changed(method, variant.options(), "Variant " + variant.name());
    }
}
