package io.github.linfhash.experiment;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.QuantizerEntry;
import io.github.linfhash.protocols.split.Splits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of a protocol that is run; an empty list stands for all methods, lengths or seeds that the protocol names.
 *
 * @param methods names {@code METHOD}, for all variants of a method, or {@code METHOD:VARIANT}; methods that the protocol does not
 *     name are run with their defaults
 * @param bits code lengths
 * @param seeds seeds, each with a split of its own
 * @param quick whether it is the protocol's short version of itself
 */
public record Selection(List<String> methods, List<Integer> bits, List<Long> seeds, boolean quick) {
    /** The whole protocol. */
    public static final Selection ALL = new Selection(List.of(), List.of(), List.of(), false);

    public Selection {
        methods = List.copyOf(methods);
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
    }

    /** These methods or variants alone. */
    public Selection ofMethods(String... names) {
        return new Selection(List.of(names), bits, seeds, quick);
    }

    /** These code lengths alone. */
    public Selection atBits(Integer... lengths) {
        return new Selection(methods, List.of(lengths), seeds, quick);
    }

    /** These seeds alone. */
    public Selection withSeeds(Long... some) {
        return new Selection(methods, bits, List.of(some), quick);
    }

    /** Returns this selection for the protocol's short version, or for the whole protocol. */
    public Selection quick(boolean shortVersion) {
        return new Selection(methods, bits, seeds, shortVersion);
    }

    /** The entries that are run, variants of a method beside each other; quantizers are none of them. */
    public List<MethodEntry> entries(Protocol protocol) {
        return methods.isEmpty()
                ? protocol.methods()
                : Protocol.grouped(methods.stream()
                        .map(String::strip)
                        .filter(name -> !isQuantizer(protocol, name))
                        .flatMap(name -> entries(protocol, name).stream())
                        .distinct()
                        .toList());
    }

    private static boolean isQuantizer(Protocol protocol, String name) {
        String quantizer = RunKey.methodOf(name);
        return protocol.quantizers().stream().anyMatch(entry -> entry.name().equals(quantizer));
    }

    /**
     * The quantizers that are run.
     *
     * @throws InputException if the protocol has no such variant of a quantizer
     */
    List<QuantizerEntry> quantizers(Protocol protocol) {
        List<QuantizerEntry> entries = protocol.quantizers();
        if (methods.isEmpty()) {
            return entries;
        }
        List<String> chosen = methods.stream()
                .map(String::strip)
                .filter(name -> isQuantizer(protocol, name))
                .toList();
        for (String one : chosen) {
            if (entries.stream().noneMatch(entry -> one.equals(entry.name()) || one.equals(entry.entry()))) {
                throw new InputException("Protocol " + protocol.name() + ", configurations of " + RunKey.methodOf(one)
                        + ": expected one of "
                        + entries.stream()
                                .filter(entry -> entry.name().equals(RunKey.methodOf(one)))
                                .map(QuantizerEntry::entry)
                                .collect(Collectors.joining(", "))
                        + ", found '" + one + "'");
            }
        }
        return entries.stream()
                .filter(entry -> chosen.contains(entry.name()) || chosen.contains(entry.entry()))
                .toList();
    }

    /** The code lengths that are run. */
    public List<Integer> bits(Protocol protocol) {
        if (!bits.isEmpty()) {
            return bits;
        }
        return quick ? protocol.quick().bits() : protocol.bits();
    }

    /**
     * The seeds that are run.
     *
     * @throws InputException if one is none of the protocol's
     */
    public List<Long> seeds(Protocol protocol) {
        if (!seeds.isEmpty()) {
            seeds.forEach(seed -> Splits.requireSeed(protocol.seeds(), seed));
            return seeds;
        }
        return quick ? protocol.quick().seeds() : protocol.seeds();
    }

    /** The options that the short version changes for a method, in all of its variants. */
    public Map<String, Object> overrides(Protocol protocol, MethodEntry entry) {
        return quick ? protocol.quick().optionsOf(entry.name()) : Map.of();
    }

    /**
     * The protocol's entries for {@code METHOD}, which are all of its variants, or for {@code METHOD:VARIANT}; one with default
     * options where the protocol does not name the method.
     *
     * @throws InputException if the protocol has no such variant
     */
    public static List<MethodEntry> entries(Protocol protocol, String name) {
        if (name.isEmpty()) {
            throw new InputException("--methods: expected names separated by commas, found an empty name");
        }
        String method = RunKey.methodOf(name);
        List<MethodEntry> all = protocol.entries(method);
        if (name.equals(method)) {
            return all.isEmpty() ? List.of(MethodEntry.of(method)) : all;
        }
        List<MethodEntry> chosen =
                all.stream().filter(entry -> entry.entry().equals(name)).toList();
        if (chosen.isEmpty()) {
            String variants = all.stream()
                    .filter(entry -> entry.variant() != null)
                    .map(MethodEntry::entry)
                    .collect(Collectors.joining(", "));
            throw new InputException("Protocol " + protocol.name() + ", configurations of " + method + ": expected "
                    + (variants.isEmpty() ? method + ", the only one" : "one of " + variants) + ", found '" + name
                    + "'");
        }
        return chosen;
    }

    /**
     * The one entry that is meant by {@code METHOD} or {@code METHOD:VARIANT}; of a method with several variants, the variant {@value
     * Protocol#DEFAULT_VARIANT}.
     *
     * @throws InputException if the protocol has no such variant
     */
    public static MethodEntry entry(Protocol protocol, String name) {
        List<MethodEntry> entries = entries(protocol, name);
        if (entries.size() == 1) {
            return entries.get(0);
        }
        return entries.stream()
                .filter(entry -> Protocol.DEFAULT_VARIANT.equals(entry.variant()))
                .findFirst()
                .orElseThrow(() -> new InputException("Protocol " + protocol.name()
                        + ": expected one of the configurations "
                        + entries.stream().map(MethodEntry::entry).collect(Collectors.joining(", ")) + ", found '"
                        + name + "'"));
    }
}
