package io.github.linfhash.harness.methods;

import io.github.linfhash.baselines.Baselines;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.encoders.Encoders;
import io.github.linfhash.protocols.yaml.StrictYaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods that can be named in a protocol file or on the command line. */
public final class MethodRegistry {
    private final Map<String, MethodSpec<?>> byName = new LinkedHashMap<>();

    /**
     * A registry of the given methods.
     *
     * @throws IllegalArgumentException if two methods have one name
     */
    public MethodRegistry(List<MethodSpec<?>> specs) {
        for (MethodSpec<?> spec : specs) {
            if (byName.put(spec.name(), spec) != null) {
                throw new IllegalArgumentException("two methods are called " + spec.name());
            }
        }
    }

    /** The methods of linfhash: those of the encoders module and those of the baselines module. */
    public static MethodRegistry standard() {
        return new MethodRegistry(
                Stream.concat(Encoders.ALL.stream(), Baselines.ALL.stream()).toList());
    }

    /** All methods, in the order of registration. */
    public List<MethodSpec<?>> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The method of a name.
     *
     * @throws InputException if there is no such method; the sentence names those that exist
     */
    public MethodSpec<?> find(String name) {
        MethodSpec<?> spec = byName.get(name);
        if (spec == null) {
            throw new InputException("There is no method '" + name + "'; expected one of "
                    + byName.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return spec;
    }

    /**
     * A method with its default options, but for those given.
     *
     * @param options values by the name of the option; groups of options may be given in part
     * @param where named at the start of the sentence if an option is unknown or wrong
     * @throws InputException if there is no such method, no such option, or a value is not allowed
     */
    public ConfiguredMethod<?> configure(String name, Map<String, Object> options, String where) {
        return bind(find(name), options, where + ", method " + name);
    }

    private static <O extends Record> ConfiguredMethod<O> bind(
            MethodSpec<O> spec, Map<String, Object> options, String where) {
        Map<String, Object> values = overlay(asMap(spec.defaults()), options);
        return new ConfiguredMethod<>(spec, StrictYaml.convert(where, values, spec.optionsType()), null);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return StrictYaml.convert("options", value, LinkedHashMap.class);
    }

    /** The one set of options with those of the other in place of its own, group by group. */
    public static Map<String, Object> overlay(Map<String, Object> defaults, Map<String, Object> options) {
        Map<String, Object> merged = new LinkedHashMap<>(defaults);
        options.forEach((key, value) -> {
            boolean bothGroups = value instanceof Map && defaults.get(key) instanceof Map;
            merged.put(key, bothGroups ? overlay(asMap(defaults.getOrDefault(key, Map.of())), asMap(value)) : value);
        });
        return merged;
    }
}
