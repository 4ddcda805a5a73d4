package io.github.linfhash.experiment.registry;

import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A registered method with the options of one comparison.
 *
 * @param spec the registration
 * @param declared what the protocol declares of it
 * @param options all options, defaults included
 * @param optionsAt by code length, all options where the protocol names some for single lengths: an entry for each length that it
 *     runs or names
 * @param searches what is known of the searches that chose the options
 * @param <O> the method's record of options
 */
public record ConfiguredMethod<O extends Record>(
        MethodSpec<O> spec, MethodEntry declared, O options, SortedMap<Integer, O> optionsAt, Searches searches) {
    public ConfiguredMethod {
        optionsAt = Collections.unmodifiableSortedMap(new TreeMap<>(optionsAt));
    }

    public String name() {
        return spec.name();
    }

    /** Returns the name of the variant; empty where the protocol has the method once. */
    public String variant() {
        return RunKey.variantOf(entry());
    }

    /** Returns the name in results: {@code METHOD}, or {@code METHOD:VARIANT} where it has a variant. */
    public String entry() {
        return declared.entry();
    }

    /** Returns the supervision of the method: supervised if its options make it so at any code length. */
    public Supervision supervision() {
        return Stream.concat(Stream.of(options), optionsAt.values().stream())
                .map(spec::supervision)
                .filter(Supervision.SUPERVISED::equals)
                .findFirst()
                .orElse(spec.supervision(options));
    }

    /**
     * The method, ready to be trained.
     *
     * @throws io.github.linfhash.core.errors.InputException if linear algebra computes wrongly on this processor
     */
    public HashingMethod method() {
        return spec.create(options);
    }

    /** Returns this method with more knowledge of the search that chose its options. */
    public ConfiguredMethod<O> with(Searches known) {
        return new ConfiguredMethod<>(spec, declared, options, optionsAt, known);
    }

    /** Returns this method with options that a command changed, at every code length. */
    ConfiguredMethod<O> with(UnaryOperator<O> change) {
        return new ConfiguredMethod<>(
                spec,
                declared,
                change.apply(options),
                changed(optionsAt, change),
                searches.search() == null ? searches : Searches.OF_OTHERS);
    }

    private static <O> SortedMap<Integer, O> changed(SortedMap<Integer, O> byLength, UnaryOperator<O> change) {
        SortedMap<Integer, O> changed = new TreeMap<>();
        byLength.forEach((bits, there) -> changed.put(bits, change.apply(there)));
        return changed;
    }

    /**
     * Returns this method with the options that it has at a code length, at every length. A length that the protocol neither runs nor
     * names has the options of the nearest that it does; of two as near, those of the shorter.
     */
    public ConfiguredMethod<O> at(int bits) {
        O there = optionsAt.entrySet().stream()
                .min(Comparator.comparingInt(known -> Math.abs(known.getKey() - bits)))
                .map(Map.Entry::getValue)
                .orElse(options);
        return new ConfiguredMethod<>(spec, declared, there, new TreeMap<>(), searches);
    }

    /** All options by name, groups as maps, as a protocol file has them. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> optionValues() {
        return StrictReader.convert(name(), options, LinkedHashMap.class);
    }

    /**
     * Describes the method for results, with the origin of each option.
     *
     * @param lengths code lengths at which its options are listed, beside those that the protocol runs or names
     */
    public Configuration configuration(List<Integer> lengths) {
        boolean searched = searches.search() != null;
        OptionOrigin chosen = searched && declared.tunedBy() != null
                ? new OptionOrigin(OptionOrigin.Source.TUNED, declared.tunedBy())
                : new OptionOrigin(OptionOrigin.Source.PROTOCOL, "set by the protocol");
        Map<Integer, Map<String, OptionValue>> changes = new TreeMap<>();
        Stream.concat(optionsAt.keySet().stream(), lengths.stream())
                .forEach(bits -> changes.put(bits, difference(options, at(bits).options)));
        changes.values().removeIf(Map::isEmpty);
        return Configuration.of(spec, options, chosen)
                .asVariant(variant(), declared.note(), changes)
                .replicating(searched ? declared.replicates() : null)
                .withSearch(searches.search())
                .withEffort(searches.effort());
    }

    /** The options that have another value in the second of two, with that value. */
    static Map<String, OptionValue> difference(Record from, Record to) {
        Map<String, OptionValue> values = OptionValue.allOf(from);
        Map<String, OptionValue> changed = new LinkedHashMap<>(OptionValue.allOf(to));
        changed.entrySet().removeIf(option -> option.getValue().equals(values.get(option.getKey())));
        return changed;
    }

    /** SHA-256 over name and options, without those of single lengths: a run has those that it is trained with. */
    public String hash() {
        return StrictReader.hash(List.of(spec.name(), options));
    }

    /**
     * The search that gave a method its options.
     *
     * @param search what is known of it; null if no search chose them
     * @param effort what it cost; null where that is not known
     */
    public record Searches(
            @Nullable SearchSummary search, @Nullable Effort effort) {
        /** No search. */
        public static final Searches NONE = new Searches(null, Effort.NONE);

        /** No search of these options, but of others that they were made of. */
        static final Searches OF_OTHERS = new Searches(null, null);

        /** Describes the search of a protocol's entry before its trace is read: only whether there was one is known. */
        static Searches declared(MethodEntry entry) {
            return entry.tunedBy() == null ? NONE : new Searches(SearchSummary.UNTRACED, null);
        }
    }
}
