package io.github.linfhash.protocols.protocol;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.core.evaluation.Conventions.SelfMatch;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.protocols.protocol.Evaluation.RelevanceRule;
import io.github.linfhash.protocols.protocol.Protocol.Neighbors;
import io.github.linfhash.protocols.split.RandomSplit;
import io.github.linfhash.protocols.split.SplitRule;
import io.github.linfhash.protocols.split.SplitRule.DuplicateRule;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks that the parts of a {@link Protocol} agree. Each throws an IllegalArgumentException of one sentence. */
final class ProtocolChecks {
    static final int MOST_BITS = 4096;

    /** Quantizers of many bits a coordinate, and the floats themselves, take more. */
    static final int MOST_QUANTIZED_BITS = 1 << 18;

    private ProtocolChecks() {}

    static void requireAgreement(SplitRule split, Evaluation evaluation) {
        RelevanceRule relevance = evaluation.relevance();
        require(
                split.allows(relevance == RelevanceRule.SHARED_LABEL) || relevance == RelevanceRule.NEIGHBORS,
                "expected evaluation.relevance "
                        + (relevance == RelevanceRule.SHARED_LABEL ? "same-class" : "shared-label")
                        + " for this kind of split, found the other one");
        require(
                split.keepsQueries() == (evaluation.selfMatch() == SelfMatch.INCLUDE),
                "expected evaluation.selfMatch " + (split.keepsQueries() ? "include" : "exclude")
                        + " for this kind of split, found the other one");
    }

    /** Labels of two data sets have nothing in common, and no row of one is a duplicate of a row of the other. */
    static void requireOtherQueries(DataSource data, SplitRule split, Evaluation evaluation) {
        require(
                data.queries() == null
                        || (split instanceof RandomSplit
                                && split.duplicateRule() == DuplicateRule.KEEP
                                && evaluation.relevance() == RelevanceRule.NEIGHBORS),
                "expected beside data.queries split.kind random without split.duplicates, and evaluation.relevance neighbors, found"
                        + " another split or relevance");
        require(
                !(data instanceof DataSource.OfVectors vectors
                        && vectors.queries() != null
                        && vectors.labels() != null),
                "expected no data.labels beside data.queries, as labels of two files have nothing in common, found both");
    }

    static List<String> requireMetrics(List<String> keys) {
        List<String> known = Stream.of(
                        StandardMetrics.ALL.stream().map(Metric::key),
                        StandardMetrics.keysOnRequest().stream(),
                        StandardMetrics.OF_NEIGHBORS.stream().map(Quantity::key))
                .flatMap(Function.identity())
                .toList();
        require(
                !keys.isEmpty() && keys.stream().distinct().count() == keys.size() && known.containsAll(keys),
                "expected in 'metrics' some of " + String.join(", ", known) + ", each once, found "
                        + String.join(", ", keys));
        return List.copyOf(keys);
    }

    static void requireNeighbors(
            @Nullable Neighbors neighbors,
            @Nullable List<String> metrics,
            @Nullable List<QuantizerEntry> quantizers,
            Evaluation evaluation,
            DataSource data,
            List<MethodEntry> methods) {
        boolean asked = metrics != null
                && StandardMetrics.OF_NEIGHBORS.stream().anyMatch(quantity -> metrics.contains(quantity.key()));
        String asking = quantizers != null
                ? "quantizers"
                : asked ? "metrics" : evaluation.relevance() == RelevanceRule.NEIGHBORS ? "evaluation.relevance" : "";
        require(
                neighbors != null || asking.isEmpty(),
                "expected the key 'neighbors' beside '" + asking + "', as it speaks of neighbors, found none");
        require(
                neighbors == null || evaluation.selfMatch() == SelfMatch.EXCLUDE,
                "expected no 'neighbors' where queries stay in the database, as each is its own nearest, found them");
        require(
                evaluation.relevance() == RelevanceRule.NEIGHBORS
                        || !(data instanceof DataSource.OfVectors vectors && vectors.labels() == null),
                "expected data.labels, or evaluation.relevance neighbors, found neither");
        if (quantizers != null) {
            require(!quantizers.isEmpty(), "expected in 'quantizers' at least one, found none");
            Set<String> seen = new HashSet<>();
            methods.forEach(method -> seen.add(method.name()));
            Set<String> entries = new HashSet<>();
            quantizers.forEach(entry -> {
                require(
                        !seen.contains(entry.name()),
                        "expected each name either in 'methods' or in 'quantizers', found " + entry.name()
                                + " in both");
                require(
                        entries.add(entry.entry()),
                        "expected each variant of a quantizer once, found " + entry.entry() + " twice");
            });
        }
    }

    static void requireDistinct(List<MethodEntry> methods) {
        Set<String> seen = new HashSet<>();
        for (MethodEntry entry : methods) {
            boolean alone = methods.stream()
                            .filter(other -> other.name().equals(entry.name()))
                            .count()
                    == 1;
            require(
                    alone || entry.variant() != null,
                    "expected each method once, or in variants of different names ('variant'), found " + entry.name()
                            + " more than once and without a variant");
            require(
                    seen.add(entry.entry()),
                    "expected each variant of a method once, found the variant " + entry.variant() + " of "
                            + entry.name() + " twice");
        }
    }

    /** Requires variants that some method or quantizer has. */
    static List<String> requireShown(
            List<String> shown, List<MethodEntry> methods, @Nullable List<QuantizerEntry> quantizers) {
        Set<String> known = new TreeSet<>();
        methods.forEach(entry -> known.add(
                entry.replicates() != null ? entry.replicates() : Objects.requireNonNullElse(entry.variant(), "")));
        Stream.ofNullable(quantizers)
                .flatMap(List::stream)
                .forEach(entry -> known.add(Objects.requireNonNullElse(entry.variant(), "")));
        known.remove("");
        require(
                !shown.isEmpty() && Set.copyOf(shown).size() == shown.size() && known.containsAll(shown),
                (known.isEmpty()
                                ? "expected no 'shown', as no configuration has a variant"
                                : "expected in 'shown' some of the variants " + String.join(", ", known)
                                        + ", each once")
                        + ", found " + (shown.isEmpty() ? "none" : String.join(", ", shown)));
        return List.copyOf(shown);
    }

    static void requireLengths(List<MethodEntry> methods, List<Integer> bits, List<Integer> quick) {
        Set<Integer> known = new TreeSet<>(bits);
        known.addAll(quick);
        known.addAll(Protocol.FIGURE_LENGTHS);
        for (MethodEntry entry : methods) {
            requireLengths(entry.optionsAt().keySet(), "optionsAt of " + entry.entry(), known);
        }
    }

    private static void requireLengths(Set<Integer> lengths, String where, Set<Integer> known) {
        lengths.forEach(length -> require(
                known.contains(length),
                "expected in " + where + " code lengths of bits, quick.bits or figure 6, which are " + known
                        + ", found " + length));
    }

    static List<Protocol.Variant> requireVariants(List<Protocol.Variant> variants, List<MethodEntry> methods) {
        List<String> known = methods.stream().map(MethodEntry::name).toList();
        for (Protocol.Variant variant : variants) {
            require(
                    known.contains(variant.method()),
                    "expected as method of the variant " + variant.name() + " one of the protocol's, found "
                            + variant.method());
            List<String> names = methods.stream()
                    .filter(entry -> entry.name().equals(variant.method()))
                    .flatMap(entry -> Stream.ofNullable(entry.variant()))
                    .toList();
            require(
                    variant.variant() == null ? names.size() < 2 : names.contains(variant.variant()),
                    "expected as variant of '" + variant.name() + "' one of those of " + variant.method() + ", "
                            + (names.isEmpty() ? "which has none" : String.join(", ", names)) + ", found "
                            + (variant.variant() == null ? "none" : variant.variant()));
        }
        require(
                variants.stream().map(Protocol.Variant::name).distinct().count() == variants.size(),
                "expected each variant once, found one twice");
        return List.copyOf(variants);
    }

    static void requireQuick(Protocol.Quick quick, List<MethodEntry> methods) {
        Set<String> known = new TreeSet<>();
        methods.forEach(entry -> known.add(entry.name()));
        if (quick.options() != null) {
            quick.options()
                    .keySet()
                    .forEach(name -> require(
                            known.contains(name),
                            "expected in quick.options methods of the protocol, found " + name
                                    + "; delete this entry"));
        }
    }

    static void requireRuns(List<Integer> bits, List<Long> seeds, int most) {
        require(
                !bits.isEmpty() && bits.stream().allMatch(b -> b >= 1 && b <= most),
                "expected code lengths from 1 to " + most + ", found " + bits);
        require(!seeds.isEmpty(), "expected at least one seed, found none");
        require(bits.stream().distinct().count() == bits.size(), "expected each code length once, found " + bits);
        require(seeds.stream().distinct().count() == seeds.size(), "expected each seed once, found " + seeds);
    }
}
