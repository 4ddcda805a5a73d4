package io.github.linfhash.experiment.registry;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.QuantizerEntry;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.OptionValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A quantizer of a protocol with its options at each code length.
 *
 * @param spec the registration
 * @param entry what the protocol says of it
 * @param at by code length, what fits into so many bits and makes more of them than of the shorter lengths; nothing where none does
 */
public record ConfiguredQuantizer(
        QuantizerSpec<?> spec, QuantizerEntry entry, SortedMap<Integer, QuantizerSpec.Configured> at) {
    /** Options that a protocol may set to any number, as the size of codes does not depend on them. */
    private static final Set<String> TRAINING = Set.of("iterations", "rounds", "sample");

    /**
     * Binds an entry to vectors.
     *
     * @param dimension of the vectors
     * @param lengths all code lengths that are known of the protocol
     * @param where named at the start of the sentence if something is wrong
     * @throws InputException if there is no such quantizer or option, or the options leave several choices at a length, or none at all
     */
    public static ConfiguredQuantizer of(QuantizerEntry entry, int dimension, List<Integer> lengths, String where) {
        QuantizerSpec<?> spec = find(entry.name(), where);
        SortedMap<Integer, QuantizerSpec.Configured> at = new TreeMap<>();
        QuantizerSpec.Configured shorter = null;
        for (int bits : new TreeSet<>(lengths)) {
            Optional<QuantizerSpec.Configured> found =
                    entry.runsAt(bits) ? within(spec, entry, dimension, bits, where) : Optional.empty();
            if (found.isPresent() && (shorter == null || !found.get().options().equals(shorter.options()))) {
                at.put(bits, found.get());
                shorter = found.get();
            }
        }
        if (at.isEmpty()) {
            throw new InputException(where + ", quantizer " + entry.entry() + ": expected options that fit vectors of "
                    + dimension + " dimensions into one of the code lengths " + lengths + ", found "
                    + (entry.options().isEmpty() ? "none" : entry.options()));
        }
        return new ConfiguredQuantizer(spec, entry, at);
    }

    private static QuantizerSpec<?> find(String name, String where) {
        return Quantizers.find(name)
                .orElseThrow(() -> new InputException(where + ": expected as quantizer one of "
                        + String.join(", ", Quantizers.names()) + ", found '" + name + "'"
                        + Suggestion.of(name, Quantizers.names())));
    }

    /** Returns what the entry asks for, among what {@code advise} tries, else among what only protocols ask for. */
    private static Optional<QuantizerSpec.Configured> within(
            QuantizerSpec<?> spec, QuantizerEntry entry, int dimension, int bits, String where) {
        Optional<QuantizerSpec.Configured> tried =
                one(spec, spec.within(dimension, bits / 8), entry, dimension, bits, where);
        return tried.isPresent() ? tried : one(spec, spec.asked(dimension, bits / 8), entry, dimension, bits, where);
    }

    private static Optional<QuantizerSpec.Configured> one(
            QuantizerSpec<?> spec,
            List<QuantizerSpec.Configured> fitting,
            QuantizerEntry entry,
            int dimension,
            int bits,
            String where) {
        List<QuantizerSpec.Configured> all = fitting.stream()
                .map(one -> trained(spec, entry, dimension, one, where))
                .toList();
        for (QuantizerSpec.Configured one : all) {
            Map<String, OptionValue> known = OptionValue.allOf(one.options());
            entry.options().keySet().stream()
                    .filter(option -> !known.containsKey(option))
                    .findFirst()
                    .ifPresent(option -> {
                        throw new InputException(
                                where + ", quantizer " + entry.entry() + ": expected as options some of "
                                        + String.join(", ", known.keySet()) + ", found '" + option + "'");
                    });
        }
        List<QuantizerSpec.Configured> asked =
                all.stream().filter(one -> matches(entry, one)).toList();
        List<QuantizerSpec.Configured> standard =
                asked.stream().filter(QuantizerSpec.Configured::standard).toList();
        List<QuantizerSpec.Configured> matching = standard.isEmpty() ? asked : standard;
        if (matching.size() > 1) {
            throw new InputException(where + ", quantizer " + entry.entry()
                    + ": expected options that leave one choice at " + bits + " bits, found "
                    + matching.stream().map(one -> one.options().toString()).collect(Collectors.joining(", ")));
        }
        return matching.stream().findFirst();
    }

    /** Returns the quantizer with the training that the entry asks for. */
    private static QuantizerSpec.Configured trained(
            QuantizerSpec<?> spec, QuantizerEntry entry, int dimension, QuantizerSpec.Configured one, String where) {
        if (Collections.disjoint(entry.options().keySet(), TRAINING)) {
            return one;
        }
        Map<?, ?> standard = StrictReader.convert(where, one.options(), LinkedHashMap.class);
        Map<Object, Object> values = new LinkedHashMap<>(standard);
        TRAINING.forEach(option -> values.computeIfPresent(
                option, (known, value) -> entry.options().getOrDefault(option, value)));
        return spec.bound(dimension, type -> StrictReader.convert(where + ", quantizer " + entry.entry(), values, type))
                .orElse(one);
    }

    /** Whether all that the entry asks for is so. */
    private static boolean matches(QuantizerEntry entry, QuantizerSpec.Configured one) {
        Map<?, ?> values = StrictReader.convert(entry.name(), one.options(), LinkedHashMap.class);
        return entry.options().entrySet().stream()
                .allMatch(asked -> Objects.equals(asked.getValue(), values.get(asked.getKey())));
    }

    /** Describes the quantizer for results. */
    public Configuration configuration() {
        Record first = at.values().iterator().next().options();
        Map<Integer, Map<String, OptionValue>> others = new TreeMap<>();
        at.forEach((bits, there) -> {
            Map<String, OptionValue> changed = ConfiguredMethod.difference(first, there.options());
            if (!changed.isEmpty()) {
                others.put(bits, changed);
            }
        });
        return new Configuration(
                        spec.name(),
                        spec.title(),
                        spec.citation(),
                        Supervision.UNSUPERVISED,
                        OptionValue.allOf(first),
                        Map.of())
                .asVariant(entry.variant() == null ? "" : entry.variant(), entry.note(), others)
                .withEffort(Effort.NONE);
    }
}
