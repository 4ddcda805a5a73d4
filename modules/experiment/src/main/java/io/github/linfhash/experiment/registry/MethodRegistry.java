package io.github.linfhash.experiment.registry;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.method.DataShape;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodProvider;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.experiment.registry.ConfiguredMethod.Searches;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods that can be named in a protocol file or on the command line. */
public final class MethodRegistry {
    private static final String OWN = "io.github.linfhash.";

    private final Map<String, MethodSpec<?>> byName = new LinkedHashMap<>();

    /**
     * A registry of the methods of some providers.
     *
     * @throws InputException if two methods have one name
     */
    public MethodRegistry(List<MethodProvider> providers) {
        Map<String, MethodProvider> owners = new LinkedHashMap<>();
        for (MethodProvider provider : providers) {
            for (MethodSpec<?> spec : provider.methods()) {
                MethodProvider other = owners.put(spec.name(), provider);
                if (other != null) {
                    throw new InputException("methods of " + name(provider) + ": expected unique names, found '"
                            + spec.name() + "', which " + name(other) + " has too");
                }
                byName.put(spec.name(), spec);
            }
        }
    }

    /**
     * The methods of all providers on the class path: linfhash's own first, then those of other jars.
     *
     * @throws InputException if a provider cannot be used
     */
    public static MethodRegistry standard() {
        List<MethodProvider> providers = new ArrayList<>();
        try {
            ServiceLoader.load(MethodProvider.class).forEach(providers::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new InputException(
                    "methods on the class path: expected a provider that can be loaded, found: "
                            + Objects.requireNonNullElse(e.getMessage(), e.toString()),
                    e);
        }
        providers.sort(Comparator.comparing(
                        (MethodProvider provider) -> !name(provider).startsWith(OWN))
                .thenComparing(MethodRegistry::name));
        return new MethodRegistry(providers);
    }

    private static String name(MethodProvider provider) {
        return provider.getClass().getName();
    }

    /** All methods, in the order of registration. */
    public List<MethodSpec<?>> all() {
        return List.copyOf(byName.values());
    }

    /** The names of all methods for people, by name. */
    public Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        byName.forEach((name, spec) -> titles.put(name, spec.title()));
        return titles;
    }

    /**
     * The method of a name.
     *
     * @throws InputException if there is no such method; the sentence names those that exist
     */
    public MethodSpec<?> find(String name) {
        MethodSpec<?> spec = byName.get(name);
        if (spec == null) {
            throw new InputException("There is no method '" + name + "'" + insteadOf(name));
        }
        return spec;
    }

    /** Whether there is a method of a name. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** The end of a sentence on a method that there is not: which one may be meant, and those that exist. */
    public String insteadOf(String name) {
        return Suggestion.of(name, byName.keySet()) + "; expected one of "
                + byName.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /**
     * A method with its default options, ready to be trained.
     *
     * @throws InputException if there is no such method
     */
    public HashingMethod method(String name) {
        return configure(name, Map.of(), name).method();
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

    /**
     * A method with the options that it recommends for new data, but for those given.
     *
     * @throws InputException as {@link #configure}
     */
    public ConfiguredMethod<?> configureForOwnData(String name, Map<String, Object> options, String where) {
        return configure(name, overlay(recommended(name), options), where);
    }

    /** Returns the options recommended for new data that differ from the defaults, in groups as in a protocol file. */
    public Map<String, Object> recommended(String name) {
        MethodSpec<?> spec = find(name);
        return difference(asMap(spec.defaults()), asMap(spec.recommended()));
    }

    /**
     * Returns the options recommended for new data of this size that differ from the defaults; empty if the method is not to be proposed for
     * them.
     */
    public Optional<Map<String, Object>> recommended(String name, DataShape data) {
        MethodSpec<?> spec = find(name);
        return spec.recommendedFor(data).map(options -> difference(asMap(spec.defaults()), asMap(options)));
    }

    private static Map<String, Object> difference(Map<String, Object> from, Map<String, Object> to) {
        Map<String, Object> difference = new LinkedHashMap<>();
        to.forEach((key, value) -> {
            if (value instanceof Map && from.get(key) instanceof Map) {
                Map<String, Object> inner = difference(asMap(from.getOrDefault(key, Map.of())), asMap(value));
                if (!inner.isEmpty()) {
                    difference.put(key, inner);
                }
            } else if (!Objects.equals(value, from.get(key))) {
                difference.put(key, value);
            }
        });
        return difference;
    }

    /**
     * A method of a protocol, or one of its variants, with the options that the protocol gives it at each code length: those of the
     * length take the place of those of the entry.
     *
     * @param overrides options in place of those of the entry, at every code length
     * @throws InputException as {@link #configure}
     */
    public ConfiguredMethod<?> configure(Protocol protocol, MethodEntry entry, Map<String, Object> overrides) {
        String where = "Protocol " + protocol.name() + ", method " + entry.entry();
        return bind(find(entry.name()), protocol, entry, overrides, where);
    }

    private static <O extends Record> ConfiguredMethod<O> bind(
            MethodSpec<O> spec, Protocol protocol, MethodEntry entry, Map<String, Object> overrides, String where) {
        Map<String, Object> base = overlay(asMap(spec.defaults()), entry.options());
        O options = bound(spec, base, overrides, where);
        SortedMap<Integer, O> optionsAt = new TreeMap<>();
        if (!entry.optionsAt().isEmpty()) {
            Stream.of(protocol.bits(), protocol.quick().bits())
                    .flatMap(List::stream)
                    .forEach(bits -> optionsAt.put(bits, options));
        }
        entry.optionsAt()
                .forEach((bits, changed) -> optionsAt.put(
                        bits, bound(spec, overlay(base, changed), overrides, where + ", optionsAt " + bits)));
        // With overrides, the options are no longer those that the search chose.
        Searches searches =
                overrides.isEmpty() || entry.tunedBy() == null ? Searches.declared(entry) : Searches.OF_OTHERS;
        return new ConfiguredMethod<>(spec, entry, options, optionsAt, searches);
    }

    /**
     * Returns a method, or a variant of one, with some options changed at every code length.
     *
     * @throws InputException as {@link #configure}
     */
    public ConfiguredMethod<?> changed(ConfiguredMethod<?> method, Map<String, Object> options, String where) {
        return rebound(method, options, where + ", method " + method.name());
    }

    private static <O extends Record> ConfiguredMethod<O> rebound(
            ConfiguredMethod<O> method, Map<String, Object> options, String where) {
        return method.with(values -> bound(method.spec(), asMap(values), options, where));
    }

    private static <O extends Record> ConfiguredMethod<O> bind(
            MethodSpec<O> spec, Map<String, Object> options, String where) {
        O bound = bound(spec, asMap(spec.defaults()), options, where);
        return new ConfiguredMethod<>(spec, MethodEntry.of(spec.name()), bound, new TreeMap<>(), Searches.NONE);
    }

    private static <O extends Record> O bound(
            MethodSpec<O> spec, Map<String, Object> base, Map<String, Object> options, String where) {
        return StrictReader.convert(where, overlay(base, options), spec.optionsType());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return StrictReader.convert("options", value, LinkedHashMap.class);
    }

    /** The one set of options with those of the other in place of its own, group by group. */
    private static Map<String, Object> overlay(Map<String, Object> defaults, Map<String, Object> options) {
        Map<String, Object> merged = new LinkedHashMap<>(defaults);
        options.forEach((key, value) -> {
            boolean bothGroups = value instanceof Map && defaults.get(key) instanceof Map;
            merged.put(key, bothGroups ? overlay(asMap(defaults.getOrDefault(key, Map.of())), asMap(value)) : value);
        });
        return merged;
    }
}
