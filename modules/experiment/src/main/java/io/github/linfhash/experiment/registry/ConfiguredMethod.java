package io.github.linfhash.experiment.registry;

import io.github.linfhash.baselines.linalg.BlasCheck;
import io.github.linfhash.core.method.HashingMethod;
import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.io.binding.StrictYaml;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.OptionOrigin;
import io.github.linfhash.results.schema.OptionValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A registered method with the options of one comparison.
 *
 * @param spec the registration
 * @param row the name of the row where a protocol has the method several times; else empty
 * @param note a sentence for people on what the row is, or null
 * @param options all options, defaults included
 * @param optionsAt by code length, all options where some of them are other ones there
 * @param tunedBy the command that chose the options that are no defaults, or null if the protocol alone sets them
 * @param <O> the method's record of options
 */
public record ConfiguredMethod<O extends Record>(
        MethodSpec<O> spec,
        String row,
        @Nullable String note,
        O options,
        SortedMap<Integer, O> optionsAt,
        @Nullable String tunedBy) {
    public ConfiguredMethod {
        optionsAt = Collections.unmodifiableSortedMap(new TreeMap<>(optionsAt));
    }

    public String name() {
        return spec.name();
    }

    /** What results call it: {@code METHOD}, or {@code METHOD:ROW} where it has a row. */
    public String entry() {
        return RunKey.entry(name(), row);
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
        return new ConfiguredMethod<>(spec, row, note, options, optionsAt, command);
    }

    /** The same method with the options that it has at a code length, at every length. */
    public ConfiguredMethod<O> at(int bits) {
        return new ConfiguredMethod<>(spec, row, note, optionsAt.getOrDefault(bits, options), new TreeMap<>(), tunedBy);
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
        Map<String, OptionValue> values = OptionValue.allOf(options);
        Map<Integer, Map<String, OptionValue>> changes = new TreeMap<>();
        optionsAt.forEach((bits, there) -> {
            Map<String, OptionValue> changed = new LinkedHashMap<>(OptionValue.allOf(there));
            changed.entrySet().removeIf(option -> option.getValue().equals(values.get(option.getKey())));
            changes.put(bits, changed);
        });
        return MethodSummary.of(spec, options, chosen).inRow(row, note, changes);
    }

    /** SHA-256 over name and options, without those of single code lengths: a run has those that it is trained with. */
    public String hash() {
        return StrictYaml.hash(List.of(spec.name(), options));
    }
}
