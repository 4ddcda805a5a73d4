package io.github.linfhash.experiment.registry;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.results.schema.Effort;
import io.github.linfhash.results.schema.SearchSummary;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The searches that gave a method its options.
 *
 * @param common the search of the options that it has with every seed; null if no search chose them
 * @param ofSeeds by seed, the search of the options that it has with that seed alone
 * @param replicates the row that the method is one of several searches of; null where it stands alone
 * @param effort what all of them cost; null where that is not known
 */
public record Searches(
        @Nullable SearchSummary common,
        SortedMap<Long, SearchSummary> ofSeeds,
        @Nullable String replicates,
        @Nullable Effort effort) {
    /** No search. */
    public static final Searches NONE = new Searches(null, new TreeMap<>(), null, Effort.NONE);

    /** No search of these options, but of others that they were made of. */
    static final Searches OF_OTHERS = new Searches(null, new TreeMap<>(), null, null);

    public Searches {
        ofSeeds = Collections.unmodifiableSortedMap(new TreeMap<>(ofSeeds));
    }

    /** What is known of the searches of a protocol's entry before their traces are read: whether there were some. */
    static Searches declared(MethodEntry entry) {
        if (entry.tunedBy() == null) {
            return NONE;
        }
        SortedMap<Long, SearchSummary> ofSeeds = new TreeMap<>();
        entry.optionsForSeed().keySet().forEach(seed -> ofSeeds.put(seed, untraced(entry, seed)));
        return new Searches(untraced(entry, null), ofSeeds, entry.replicates(), null);
    }

    private static SearchSummary untraced(MethodEntry entry, @Nullable Long seed) {
        return SearchSummary.untraced(name(entry, seed), entry.name(), RunKey.rowOf(entry.entry()));
    }

    /** The name of the search of an entry, or of the one of a seed alone. */
    public static String name(MethodEntry entry, @Nullable Long seed) {
        return seed == null ? entry.entry() : entry.entry() + ", seed " + seed;
    }

    /** The name of the search that chose the options of a seed; null if none did. */
    public @Nullable String of(long seed) {
        SearchSummary search = ofSeeds.getOrDefault(seed, common);
        return search == null ? null : search.name();
    }

    /** All searches, that of every seed first. */
    public List<SearchSummary> all() {
        return Stream.concat(Stream.ofNullable(common), ofSeeds.values().stream())
                .toList();
    }
}
