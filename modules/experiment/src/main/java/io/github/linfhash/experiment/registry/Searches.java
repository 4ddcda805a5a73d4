package io.github.linfhash.experiment.registry;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.protocols.protocol.MethodEntry;
import io.github.linfhash.results.schema.MethodSummary.Effort;
import io.github.linfhash.results.schema.SearchSummary;
import org.jspecify.annotations.Nullable;

/**
 * The search that gave a method its options.
 *
 * @param search what is known of it; null if no search chose them
 * @param replicates the variant that the method is one of several searches of; null where it stands alone
 * @param effort what it cost; null where that is not known
 */
public record Searches(
        @Nullable SearchSummary search,
        @Nullable String replicates,
        @Nullable Effort effort) {
    /** No search. */
    public static final Searches NONE = new Searches(null, null, Effort.NONE);

    /** No search of these options, but of others that they were made of. */
    static final Searches OF_OTHERS = new Searches(null, null, null);

    /** Describes the search of a protocol's entry before its trace is read: only whether there was one is known. */
    static Searches declared(MethodEntry entry) {
        return entry.tunedBy() == null
                ? NONE
                : new Searches(
                        SearchSummary.untraced(entry.entry(), entry.name(), RunKey.rowOf(entry.entry())),
                        entry.replicates(),
                        null);
    }

    /** The name of the search; null if there was none. */
    public @Nullable String name() {
        return search == null ? null : search.name();
    }
}
