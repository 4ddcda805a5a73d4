package io.github.linfhash.experiment.registry;

import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.SearchSummary;
import org.jspecify.annotations.Nullable;

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
