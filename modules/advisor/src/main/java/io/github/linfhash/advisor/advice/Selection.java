package io.github.linfhash.advisor.advice;

import io.github.linfhash.advisor.engine.Engine;
import io.github.linfhash.advisor.engine.EngineCode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.registry.Quantizers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The quantizers to measure.
 *
 * @param names of those that may be recommended; empty for all but {@code slow}
 * @param engine whose codes are measured, under its names; null for the quantizers of linfhash and of plug-ins
 * @param prefixes the numbers of first dimensions of which quantizers are measured, too; each less than d
 * @param further quantizers of other modules
 * @param slow quantizers that are slow or equal to another one, and are left out unless they are named
 * @param screened whether many quantizers are first screened on a part of the vectors
 */
public record Selection(
        List<String> names,
        @Nullable Engine engine,
        List<Integer> prefixes,
        Further further,
        Set<String> slow,
        boolean screened) {
    /** The quantizers of linfhash that are slow or equal to another one. */
    public static final Set<String> SLOW = Set.of("anti-sparse", "rq");

    /** All quantizers but {@link #SLOW}. */
    public static final Selection DEFAULT = new Selection(List.of(), null, List.of(), labels -> Map.of(), SLOW, true);

    public Selection {
        names = List.copyOf(names);
        prefixes = List.copyOf(prefixes);
        slow = Set.copyOf(slow);
    }

    /** Returns this selection with only these recommended; the well-known ones are measured to compare with. */
    public Selection withNames(List<String> others) {
        return new Selection(others, engine, prefixes, further, slow, screened);
    }

    /** Returns this selection with the codes of an engine. */
    public Selection withEngine(Engine other) {
        return new Selection(names, other, prefixes, further, slow, screened);
    }

    /** Returns this selection with quantizers of the first dimensions, too, for models that are trained for shorter embeddings. */
    public Selection withPrefixes(List<Integer> others) {
        return new Selection(names, engine, others, further, slow, screened);
    }

    /** Supplies quantizers of another module, such as hashing methods. */
    @FunctionalInterface
    public interface Further {
        /**
         * Returns quantizers by name.
         *
         * @param labels of the vectors that quantizers are fitted to; null without labels
         */
        Map<String, Advisor.Source> of(@Nullable Labels labels);
    }

    private Map<String, Advisor.Source> known(Question question, @Nullable Labels labels) {
        Map<String, Advisor.Source> known = new LinkedHashMap<>();
        if (engine == null) {
            Quantizers.all().forEach(quantizer -> known.put(quantizer.name(), source(quantizer)));
            known.putAll(further.of(labels));
        } else {
            for (EngineCode<?> code : engine.codes()) {
                known.put(
                        code.name(),
                        (dimension, most) -> code.configured(
                                dimension,
                                question.similarity(),
                                question.bytes().isEmpty() ? null : most));
            }
        }
        return known;
    }

    /** Returns a quantizer with its standard options, and PQ also with 4 bits a part, which trains faster. */
    private static Advisor.Source source(QuantizerSpec<?> quantizer) {
        return (dimension, most) -> quantizer.within(dimension, most).stream()
                .filter(one -> one.standard() || one.options() instanceof ProductQuantizer.Options)
                .toList();
    }

    /**
     * Checks the names.
     *
     * @param option what states them, for the message
     * @param labels as {@link Further#of} takes them
     * @throws InputException if a quantizer is unknown
     */
    public void requireKnown(String option, Question question, @Nullable Labels labels) {
        Set<String> known = known(question, labels).keySet();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InputException(option + ": expected names of " + String.join(", ", known) + ", found '" + name
                        + "'" + Suggestion.of(name, known));
            }
        }
    }

    /** Returns what is to be measured, and which of it may be recommended. */
    Advisor.Candidates candidates(Question question, @Nullable Labels labels) {
        boolean all = names.isEmpty();
        List<String> leftOut = all && engine == null ? slow.stream().sorted().toList() : List.of();
        List<Advisor.Source> sources = known(question, labels).entrySet().stream()
                .filter(one -> all ? !leftOut.contains(one.getKey()) : names.contains(one.getKey()))
                .map(one -> withPrefixes(one.getValue()))
                .toList();
        int most = question.sizes().get(question.sizes().size() - 1);
        return new Advisor.Candidates(
                sources,
                this::shown,
                screened && all,
                one -> all || engine != null || (names.contains(one.name()) && one.bytes() <= most),
                leftOut);
    }

    private Advisor.Source withPrefixes(Advisor.Source source) {
        return (dimension, most) -> Stream.concat(
                        source.within(dimension, most).stream(),
                        prefixes.stream()
                                .flatMap(prefix ->
                                        source.within(prefix, most).stream().map(one -> Prefix.of(one, prefix))))
                .toList();
    }

    /** Returns the quantizers that are measured in any case, to compare with: well-known ones, and full precision of fewer dimensions. */
    private List<QuantizerSpec.Configured> shown(int dimension) {
        if (engine != null) {
            return List.of();
        }
        return names.isEmpty()
                ? Stream.concat(Quantizers.wellKnown(dimension).stream(), Quantizers.prefixes(dimension).stream())
                        .toList()
                : Quantizers.wellKnown(dimension);
    }
}
